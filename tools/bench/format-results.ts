import { formatTable } from "../src/output/format-table.ts";
import type { BenchResult, Table } from "./bench.ts";
import type { Row } from "./compare/row.ts";

/** Each benchmark's own table, then one table of all ratios. */
export function formatResults(results: readonly BenchResult[], machine: string): string {
  const tables = results.map(({ name, setting, table, leftOut }) =>
    [
      `${name}: ${setting}`,
      ...(table === null ? [] : ["", formatCells(table)]),
      ...leftOut.map((reason) => `left out: ${reason}`),
      "",
    ].join("\n"),
  );
  const rows = results.flatMap((result) => result.rows);
  return [
    ...tables,
    ...(rows.length === 0 ? [] : [formatRows(rows)]),
    `machine: ${machine}\n`,
  ].join("\n");
}

function formatCells({ header, rows }: Table): string {
  return formatTable([header, ...rows.map((row) => row.map(formatCell))]);
}

function formatRows(rows: readonly Row[]): string {
  const header = ["work", "ours", "peer", "", "unit", "ratio", "spread"];
  const cells = rows.map(({ name, ours, peer, peerName, unit, ratio, spread: [least, most] }) => [
    name,
    formatFigure(ours),
    formatFigure(peer),
    peerName,
    unit,
    `${ratio.toFixed(1)}x`,
    `${least.toFixed(1)} to ${most.toFixed(1)}`,
  ]);
  return `${formatTable([header, ...cells])}\n`;
}

/** Whole above ten: the digits after it are noise. */
function formatFigure(figure: number): string {
  return figure >= 10 || Number.isInteger(figure) ? figure.toFixed(0) : figure.toFixed(1);
}

function formatCell(cell: string | number | null): string {
  return typeof cell === "number" && !Number.isInteger(cell) ? cell.toFixed(1) : `${cell ?? ""}`;
}
