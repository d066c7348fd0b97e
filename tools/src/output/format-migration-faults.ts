import type { MigrationFault } from "../migrations/migration-fault.ts";

/** Each fault with its place, then what to do about errors. */
export function formatMigrationFaults(faults: readonly MigrationFault[], checked: number): string {
  const errors = faults.filter(({ level }) => level === "error").length;
  const lines = faults.map(
    ({ file, line, level, message, rule }) =>
      `${level === "error" ? "✖" : "!"} ${file}:${line} ${message} [${rule}]`,
  );
  const advice =
    "Expand now, and take away in a later migration that begins with `-- kind: contract`, once no version that may run uses it.";
  const total = `${checked} migrations: ${errors} to mend, ${faults.length - errors} to look at.`;
  return [...lines, ...(errors > 0 ? [advice] : []), total].join("\n");
}
