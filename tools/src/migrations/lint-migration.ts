import { hasSqlDetails, parse, type RawStmt } from "libpg-query";

import { findStatementFaults, formatTable } from "./find-statement-faults.ts";
import type { MigrationFault } from "./migration-fault.ts";

export interface MigrationText {
  /** Relative to the workspace. */
  file: string;
  text: string;
}

/**
 * What the migration would do to the version before, judged by PostgreSQL's own parser. One of kind `contract`
 * may take away: by then nobody uses it any more.
 */
export async function lintMigration({ file, text }: MigrationText): Promise<MigrationFault[]> {
  const statements = await parseStatements(text);
  if (typeof statements === "string") {
    return [{ file, line: 1, rule: "UNREADABLE", level: "error", message: statements }];
  }
  const isContract = text.startsWith("-- kind: contract");
  const created = listCreated(statements);
  const faults: MigrationFault[] = [];
  for (const { stmt, stmt_location: offset = 0 } of statements) {
    const line = findLine(text, offset);
    const found = stmt === undefined ? [] : findStatementFaults(stmt, created);
    for (const { rule, level, message } of found) faults.push({ file, line, rule, level, message });
  }
  return isContract ? faults.filter(({ rule }) => rule === "NEEDS_NO_TRANSACTION") : faults;
}

/** The reason when PostgreSQL could not read it. */
async function parseStatements(text: string): Promise<readonly RawStmt[] | string> {
  try {
    return (await parse(text)).stmts ?? [];
  } catch (error) {
    if (!hasSqlDetails(error)) throw error;
    return `PostgreSQL can't read it: ${error.message}`;
  }
}

function listCreated(statements: readonly RawStmt[]): Set<string> {
  return new Set(
    statements.flatMap(({ stmt }) =>
      stmt !== undefined && "CreateStmt" in stmt ? [formatTable(stmt.CreateStmt.relation)] : [],
    ),
  );
}

/** The parser counts bytes, and begins a statement at the end of the one before. */
function findLine(text: string, offset: number): number {
  const bytes = Buffer.from(text);
  const rest = bytes.subarray(offset).toString();
  const gap = /^(?:\s|--[^\n]*(?:\n|$)|\/\*[^]*?\*\/)*/u.exec(rest)?.[0] ?? "";
  return `${bytes.subarray(0, offset).toString()}${gap}`.split("\n").length;
}
