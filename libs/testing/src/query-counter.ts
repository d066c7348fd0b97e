export interface QueryCounter {
  /** For `createDatabase({ onQuery })`. */
  onQuery: (sql: string) => void;
  /** The statements that ran while `run` did, without begin and commit. */
  during(run: () => Promise<unknown>): Promise<string[]>;
}

/** Counts the SQL statements of a request, to find a query for each row of a list. */
export function createQueryCounter(): QueryCounter {
  let statements: string[] = [];
  return {
    onQuery: (sql) => statements.push(sql),
    async during(run) {
      statements = [];
      await run();
      return statements.filter((sql) => !/^(begin|start|commit|rollback)/i.test(sql));
    },
  };
}
