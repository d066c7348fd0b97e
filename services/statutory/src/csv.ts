import { Failure, SuccessPage } from "@myaegee/contracts";
import { stringify } from "csv-stringify/sync";
import Type, { type TSchema } from "typebox";

/** The answers of a list that comes as JSON or as a table. */
export function jsonOrCsv<T extends TSchema>(item: T) {
  const list = {
    description: "A page as JSON, or with `Accept: text/csv` the whole list as a table.",
    content: {
      "application/json": { schema: SuccessPage(item) },
      "text/csv": { schema: Type.String() },
    },
  };
  return { 200: list, "4xx": Failure, "5xx": Failure };
}

export interface CsvColumn {
  title: string;
  field: string;
}

/** A table for spreadsheets. What people wrote stays text there: nothing of it runs as a formula. */
export function formatCsv(columns: readonly CsvColumn[], rows: readonly object[]): string {
  const cells = rows.map((row) => {
    const values = new Map<string, unknown>(Object.entries(row));
    return columns.map(({ field }) => formatCell(values.get(field)));
  });
  const header = columns.map(({ title }) => title);
  return stringify([header, ...cells], { bom: true, escape_formulas: true });
}

function formatCell(value: unknown): string {
  if (typeof value === "boolean") {
    return value ? "Yes" : "No";
  }
  return typeof value === "string" || typeof value === "number" ? `${value}` : "";
}
