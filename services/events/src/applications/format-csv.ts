import { stringify } from "csv-stringify/sync";

import type { Question } from "../events/event.schema.ts";
import type { Answer } from "./application.schema.ts";
import type { ApplicationRow } from "./applications.repository.ts";

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

/** A table for spreadsheets. What applicants wrote stays text there: nothing of it runs as a formula. */
export function formatCsv(
  questions: readonly Question[],
  applications: readonly ApplicationRow[],
): string {
  const all: readonly Column[] = [
    ...columns,
    ...questions.map(({ description }, index): Column => [
      `Answer ${index + 1}: ${description}`,
      ({ answers }) => answers[index],
    ]),
  ];
  const header = all.map(([name]) => name);
  const rows = applications.map((application) =>
    all.map(([, read]) => formatCell(read(application))),
  );
  return stringify([header, ...rows], { bom: true, escape_formulas: true });
}

function formatCell(value: Answer | undefined): string {
  if (typeof value === "boolean") {
    return value ? "Yes" : "No";
  }
  return String(value ?? "");
}
