import type {
  AlterTableCmd,
  AlterTableStmt,
  AlterTableType,
  ColumnDef,
  Constraint,
  Node,
} from "libpg-query";

import type { StatementFault } from "./migration-fault.ts";

/** What changing this table would break. */
export function findAlterFaults({ cmds = [] }: AlterTableStmt, table: string): StatementFault[] {
  return cmds
    .flatMap((node) => ("AlterTableCmd" in node ? [node.AlterTableCmd] : []))
    .flatMap((command) => findCommandFaults(command, table));
}

function findCommandFaults(command: AlterTableCmd, table: string): StatementFault[] {
  const find = command.subtype === undefined ? undefined : finders[command.subtype];
  return find?.(command, table) ?? [];
}

type Find = (command: AlterTableCmd, table: string) => StatementFault[];

/** Everything else leaves the version before alone. */
const finders: Readonly<Partial<Record<AlterTableType, Find>>> = {
  AT_DropColumn: ({ name }, table) => [
    error("DROPS", `drops the column ${table}.${name}, which the version before reads`),
  ],
  AT_AlterColumnType: ({ name }, table) => [
    error("CHANGES_TYPE", `changes the type of ${table}.${name} and rewrites the table`),
  ],
  AT_SetNotNull: ({ name }, table) => [
    error(
      "DEMANDS_VALUE",
      `demands a value in ${table}.${name}, which the version before may not write`,
    ),
  ],
  AT_ColumnDefault: (command, table) =>
    command.def === undefined ? dropsValue(command, table) : [],
  AT_DropIdentity: dropsValue,
  AT_DropExpression: dropsValue,
  AT_AddColumn: ({ def }, table) => findColumnFaults(readColumn(def), table),
  AT_AddConstraint: ({ def }, table) => findConstraintFaults(readConstraint(def), table),
};

function dropsValue({ name }: AlterTableCmd, table: string): StatementFault[] {
  const message = `drops the default of ${table}.${name}, which the version before leans on`;
  return [error("DEMANDS_VALUE", message)];
}

const givingValue = new Set(["CONSTR_DEFAULT", "CONSTR_IDENTITY", "CONSTR_GENERATED"]);

function findColumnFaults(
  { colname = "", constraints = [] }: ColumnDef,
  table: string,
): StatementFault[] {
  const kinds = constraints.map((node) => readConstraint(node).contype ?? "");
  const isDemanded = kinds.includes("CONSTR_NOTNULL") || kinds.includes("CONSTR_PRIMARY");
  const isGiven = kinds.some((kind) => givingValue.has(kind));
  return isDemanded && !isGiven
    ? [
        error(
          "DEMANDS_VALUE",
          `adds ${table}.${colname} NOT NULL without a default, which the version before does not write`,
        ),
      ]
    : [];
}

function findConstraintFaults(constraint: Constraint, table: string): StatementFault[] {
  const name = constraint.conname ?? "a constraint";
  const lock = constraint.skip_validation === true ? "" : " and reads the whole table under a lock";
  return [
    {
      rule: "CONSTRAINS",
      level: "warning",
      message: `adds ${name} to ${table}: it refuses what the version before may write${lock}`,
    },
  ];
}

function readColumn(node: Node | undefined): ColumnDef {
  return node !== undefined && "ColumnDef" in node ? node.ColumnDef : {};
}

function readConstraint(node: Node | undefined): Constraint {
  return node !== undefined && "Constraint" in node ? node.Constraint : {};
}

function error(rule: StatementFault["rule"], message: string): StatementFault {
  return { rule, level: "error", message };
}
