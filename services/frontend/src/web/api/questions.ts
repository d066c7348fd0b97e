export type Answer = string | number | boolean | null;

/** A question that organisers put to applicants. */
export interface Question {
  type: "string" | "text" | "number" | "checkbox" | "select";
  description: string;
  required: boolean;
  values?: string[];
}

/** One answer a question: the one given before, else what an untouched field means. */
export function startAnswers(
  questions: readonly Question[],
  given: readonly Answer[] = [],
): Answer[] {
  return questions.map(({ type }, index) => given[index] ?? (type === "checkbox" ? false : ""));
}
