import { addFieldError, type FieldErrors } from "@myaegee/service-kit";
import Type, { type Static } from "typebox";

import { Text } from "../text.ts";

const questionTypes = ["string", "text", "number", "checkbox", "select"] as const;

export const Question = Type.Object({
  type: Type.Enum(questionTypes),
  description: Text(2000),
  required: Type.Boolean(),
  values: Type.Optional(Type.Array(Text(500), { maxItems: 200 })),
});

export const Location = Type.Object({
  name: Text(500),
  position: Type.Object({
    lat: Type.Number({ minimum: -90, maximum: 90 }),
    lng: Type.Number({ minimum: -180, maximum: 180 }),
  }),
});

export type Question = Static<typeof Question>;
export type Location = Static<typeof Location>;
export type Answer = string | number | boolean;

/** A select without values could never be answered. */
export function checkQuestions(questions: readonly Question[]): FieldErrors {
  const errors: Record<string, string[]> = {};
  for (const [index, { type, values }] of questions.entries()) {
    if (type === "select" && (values ?? []).length === 0) {
      addFieldError(errors, "questions", `Question ${index + 1}: a select needs values.`);
    }
  }
  return errors;
}
