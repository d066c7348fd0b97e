import { formatTable } from "../src/output/format-table.ts";
import type { Figure } from "./bar.ts";
import { rows } from "./rows.ts";

/** One line a figure, in the order of the rows. */
export function formatFigures(figures: readonly Figure[], load: string): string {
  const header = ["row", "what", "driver", "ours", "", "bar", "best of the others", "again"];
  const lines = figures
    .toSorted((left, right) => Number(left.row) - Number(right.row))
    .map(({ row, driver, figure, isMet }) => {
      const { title = "", bar = "", anchor = "" } = rows[row] ?? {};
      const command = `npx nx run tools:bars --only=${row} --driver=${driver}`;
      return [row, title, driver, figure, isMet ? "met" : "short", bar, anchor, command];
    });
  return `${formatTable([header, ...lines])}\nload of the machine at the end: ${load}\n`;
}
