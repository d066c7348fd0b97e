import type { Question } from "../events/event.schema.ts";
import type { Answer } from "./application.schema.ts";

/** What is wrong with the answers to an event's questions; `null` when nothing is. */
export function judgeAnswers(
  questions: readonly Question[],
  answers: readonly Answer[],
): string | null {
  if (answers.length !== questions.length) {
    return `Expected ${questions.length} answers, but got ${answers.length}.`;
  }
  for (const [index, question] of questions.entries()) {
    const fault = judgeAnswer(question, answers[index] ?? null);
    if (fault !== null) {
      return `Answer ${index + 1} (${JSON.stringify(question.description)}) ${fault}`;
    }
  }
  return null;
}

function judgeAnswer(question: Question, answer: Answer): string | null {
  return !question.required && (answer === null || answer === "")
    ? null
    : judgeByType(question, answer);
}

function judgeByType(question: Question, answer: Answer): string | null {
  switch (question.type) {
    case "string":
    case "text":
      return judgeText(answer);
    case "number":
      return judgeNumber(answer);
    case "checkbox":
      return judgeCheckbox(answer, question.required);
    case "select":
      return judgeChoice(answer, question.values ?? []);
  }
}

function judgeText(answer: Answer): string | null {
  if (typeof answer !== "string") {
    return "should be a text.";
  }
  return answer.trim() === "" ? "should not be empty." : null;
}

function judgeNumber(answer: Answer): string | null {
  return typeof answer === "number" ? null : "should be a number.";
}

function judgeCheckbox(answer: Answer, isRequired: boolean): string | null {
  if (typeof answer !== "boolean") {
    return "should be true or false.";
  }
  return isRequired && !answer ? "needs your agreement." : null;
}

function judgeChoice(answer: Answer, choices: readonly string[]): string | null {
  return typeof answer === "string" && choices.includes(answer)
    ? null
    : `should be one of these: ${choices.join(", ")}.`;
}
