import { stringify } from "csv-stringify/sync";
import writeExcelFile from "write-excel-file/node";

import type { Question } from "../events/event.schema.ts";
import type { Answer } from "./application.schema.ts";
import type { ApplicationRow } from "./applications.repository.ts";

/** The header first, then a row an application. */
export type Table = string[][];

type Column = readonly [header: string, read: (application: ApplicationRow) => Answer | undefined];

const columns: readonly Column[] = [
  ["User ID", ({ user_id }) => user_id],
  ["Body ID", ({ body_id }) => body_id],
  ["Body name", ({ body_name }) => body_name],
  ["First name", ({ first_name }) => first_name],
  ["Last name", ({ last_name }) => last_name],
  ["Email", ({ email }) => email],
  ["Status", ({ status }) => status],
  ["Confirmed", ({ confirmed }) => confirmed],
  ["Attended", ({ attended }) => attended],
  ["Board comment", ({ board_comment }) => board_comment],
  ["Created at", ({ created_at }) => created_at],
  ["Updated at", ({ updated_at }) => updated_at],
];

/** Control characters that XML, and so a workbook, cannot hold. */
const UNWRITABLE = /[^\P{Cc}\t\n\r]|[\uFFFE\uFFFF]/gu;

export function planTable(
  questions: readonly Question[],
  applications: readonly ApplicationRow[],
): Table {
  const all: readonly Column[] = [
    ...columns,
    ...questions.map(({ description }, index): Column => [
      `Answer ${index + 1}: ${description}`,
      ({ answers }) => answers[index],
    ]),
  ];
  return [
    all.map(([header]) => formatCell(header)),
    ...applications.map((application) => all.map(([, read]) => formatCell(read(application)))),
  ];
}

/** What applicants wrote stays text in a spreadsheet: nothing of it runs as a formula. */
export function formatCsv(table: Table): string {
  return stringify(table, { bom: true, escape_formulas: true });
}

/** A workbook knows text from formulas by itself. */
export async function formatWorkbook(table: Table): Promise<Buffer> {
  return writeExcelFile(table).toBuffer();
}

function formatCell(value: Answer | undefined): string {
  if (typeof value === "boolean") {
    return value ? "Yes" : "No";
  }
  return String(value ?? "").replaceAll(UNWRITABLE, " ");
}
