import { stringify } from "csv-stringify/sync";

import type { Question } from "../events/event.schema.ts";
import type { ApplicationRow } from "./applications.repository.ts";

const columns = {
  user_id: "User ID",
  body_id: "Body ID",
  body_name: "Body name",
  first_name: "First name",
  last_name: "Last name",
  email: "Email",
  status: "Status",
  confirmed: "Confirmed",
  attended: "Attended",
  board_comment: "Board comment",
  created_at: "Created at",
  updated_at: "Updated at",
} as const;

/** A table for spreadsheets. What applicants wrote stays text there: nothing of it runs as a formula. */
export function formatCsv(
  questions: readonly Question[],
  applications: readonly ApplicationRow[],
): string {
  const fields = Object.keys(columns);
  const header = [
    ...Object.values(columns),
    ...questions.map(({ description }, index) => `Answer ${index + 1}: ${description}`),
  ];
  const rows = applications.map((application) => {
    const values = new Map<string, unknown>(Object.entries(application));
    return [
      ...fields.map((field) => formatCell(values.get(field))),
      ...questions.map((_, index) => formatCell(application.answers[index])),
    ];
  });
  return stringify([header, ...rows], { bom: true, escape_formulas: true });
}

function formatCell(value: unknown): string {
  if (typeof value === "boolean") {
    return value ? "Yes" : "No";
  }
  return value === null || value === undefined ? "" : String(value);
}
