import type { DropStmt, IndexStmt, Node, RangeVar, RenameStmt } from "libpg-query";

import { findAlterFaults } from "./find-alter-faults.ts";
import type { StatementFault } from "./migration-fault.ts";

/** What one statement of an `expand` migration would break; tables made in the same file are nobody's yet. */
export function findStatementFaults(
  statement: Node,
  created: ReadonlySet<string>,
): StatementFault[] {
  if ("AlterTableStmt" in statement) {
    const table = formatTable(statement.AlterTableStmt.relation);
    return created.has(table) ? [] : findAlterFaults(statement.AlterTableStmt, table);
  }
  if ("IndexStmt" in statement) return findIndexFaults(statement.IndexStmt, created);
  if ("DropStmt" in statement) return findDropFaults(statement.DropStmt, created);
  if ("RenameStmt" in statement) return findRenameFaults(statement.RenameStmt, created);
  return findOtherFaults(statement);
}

/** `schema.table`, or `table` where the search path decides. */
export function formatTable(relation: RangeVar | undefined): string {
  return [relation?.schemaname, relation?.relname].filter((part) => part !== undefined).join(".");
}

function findIndexFaults(index: IndexStmt, created: ReadonlySet<string>): StatementFault[] {
  const table = formatTable(index.relation);
  const name = index.idxname ?? "an index";
  if (index.concurrent === true) {
    const message = `builds ${name} CONCURRENTLY, which no transaction can; a migration is one`;
    return [{ rule: "NEEDS_NO_TRANSACTION", level: "error", message }];
  }
  if (created.has(table)) return [];
  const unique = `adds the unique index ${name}: it refuses what the version before may write`;
  return [
    {
      rule: "LOCKS",
      level: "warning",
      message: `builds ${name} without CONCURRENTLY: nothing is written to ${table} meanwhile`,
    },
    ...(index.unique === true
      ? [{ rule: "CONSTRAINS", level: "warning", message: unique } as const]
      : []),
  ];
}

function findDropFaults(
  { objects = [], removeType = "OBJECT_TABLE" }: DropStmt,
  created: ReadonlySet<string>,
): StatementFault[] {
  if (removeType === "OBJECT_INDEX") return [];
  const names = objects.map(formatObject).filter((name) => !created.has(name));
  const kind = formatKind(removeType);
  return names.map((name) => ({
    rule: "DROPS",
    level: "error",
    message: `drops the ${kind} ${name}, which the version before uses`,
  }));
}

/** Names that no program uses. */
const innerNames = new Set(["OBJECT_INDEX", "OBJECT_TABCONSTRAINT"]);

function findRenameFaults(rename: RenameStmt, created: ReadonlySet<string>): StatementFault[] {
  const table = formatTable(rename.relation);
  const type = rename.renameType ?? "OBJECT_TABLE";
  if (innerNames.has(type) || created.has(table)) return [];
  const parts = [table, rename.subname].filter((part) => part !== undefined && part !== "");
  const name = parts.join(".") || "its object";
  return [
    {
      rule: "RENAMES",
      level: "error",
      message: `renames the ${formatKind(type)} ${name} to ${rename.newname ?? ""}; the version before knows the old name`,
    },
  ];
}

function findOtherFaults(statement: Node): StatementFault[] {
  if ("TruncateStmt" in statement) {
    return [
      { rule: "DELETES", level: "error", message: "empties a table: no way back has the rows" },
    ];
  }
  if ("AlterObjectSchemaStmt" in statement) {
    const message = `moves an object to the schema ${statement.AlterObjectSchemaStmt.newschema ?? ""}`;
    return [{ rule: "RENAMES", level: "error", message }];
  }
  if ("AlterEnumStmt" in statement && statement.AlterEnumStmt.oldVal !== undefined) {
    const message = `renames the value '${statement.AlterEnumStmt.oldVal}' of an enum, which the version before writes`;
    return [{ rule: "RENAMES", level: "error", message }];
  }
  if ("DoStmt" in statement) {
    const message = "runs a DO block, which this check does not look into";
    return [{ rule: "OPAQUE", level: "warning", message }];
  }
  return [];
}

function formatObject(node: Node): string {
  if ("List" in node) return (node.List.items ?? []).map(formatObject).join(".");
  if ("String" in node) return node.String.sval ?? "";
  if ("TypeName" in node) return (node.TypeName.names ?? []).map(formatObject).join(".");
  if ("ObjectWithArgs" in node)
    return (node.ObjectWithArgs.objname ?? []).map(formatObject).join(".");
  return "";
}

function formatKind(type: string): string {
  return type.replace("OBJECT_", "").toLowerCase();
}
