/** What a statement would do to the version before, which still runs on the new schema. */
export interface StatementFault {
  rule:
    | "DROPS"
    | "RENAMES"
    | "CHANGES_TYPE"
    | "DEMANDS_VALUE"
    | "CONSTRAINS"
    | "DELETES"
    | "LOCKS"
    | "NEEDS_NO_TRANSACTION"
    | "OPAQUE"
    | "UNREADABLE";
  /** An error holds the release up, a warning is for the reviewer. */
  level: "error" | "warning";
  message: string;
}

export interface MigrationFault extends StatementFault {
  file: string;
  line: number;
}
