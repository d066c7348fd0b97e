import type { Answer, Question } from "../events/questions.ts";

const MAX_ANSWER_LENGTH = 10_000;

/** What is wrong with the answers to an event's questions; empty when all is well. */
export function findAnswerFaults(
  questions: readonly Question[],
  answers: readonly unknown[],
): string[] {
  if (questions.length !== answers.length) {
    return [`Expected ${questions.length} answers, but got ${answers.length}.`];
  }
  return questions.flatMap((question, index) => {
    const fault = findAnswerFault(question, answers[index]);
    return fault === null ? [] : [`Answer ${index + 1} ("${question.description}") ${fault}`];
  });
}

/** The answers in the form in which they are stored; only for those without a fault. */
export function keepAnswers(answers: readonly unknown[]): Answer[] {
  return answers.filter(isAnswer);
}

function findAnswerFault(question: Question, answer: unknown): string | null {
  switch (question.type) {
    case "string":
    case "text":
      return findTextFault(question, answer);
    case "number":
      return isNumeric(answer) ? null : "should be a number.";
    case "select":
      return findSelectFault(question, answer);
    case "checkbox":
      return findCheckboxFault(question, answer);
  }
}

function findTextFault({ required }: Question, answer: unknown): string | null {
  if (typeof answer !== "string") {
    return "should be a text.";
  }
  if (answer.length > MAX_ANSWER_LENGTH) {
    return `should have at most ${MAX_ANSWER_LENGTH} characters.`;
  }
  return required && answer.trim() === "" ? "is empty." : null;
}

function findSelectFault({ values = [] }: Question, answer: unknown): string | null {
  return typeof answer === "string" && values.includes(answer)
    ? null
    : `should be one of these: ${values.join(", ")}.`;
}

function findCheckboxFault({ required }: Question, answer: unknown): string | null {
  if (typeof answer !== "boolean") {
    return "should be true or false.";
  }
  return required && !answer ? "must be agreed to." : null;
}

function isNumeric(answer: unknown): boolean {
  return (
    (typeof answer === "number" || (typeof answer === "string" && answer.length <= 100)) &&
    Number.isFinite(Number(answer))
  );
}

function isAnswer(answer: unknown): answer is Answer {
  return ["string", "number", "boolean"].includes(typeof answer);
}
