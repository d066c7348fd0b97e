import { expect, test } from "vitest";

import type { Question } from "../events/event.schema.ts";
import { judgeAnswers } from "./answers.ts";

function question(type: Question["type"], required = true): Question {
  return {
    type,
    description: "Why?",
    required,
    ...(type === "select" ? { values: ["a", "b"] } : {}),
  };
}

test.each([
  [question("string"), "because"],
  [question("string", false), ""],
  [question("text", false), null],
  [question("number"), 0],
  [question("number", false), null],
  [question("checkbox"), true],
  [question("checkbox", false), false],
  [question("select"), "b"],
  [question("select", false), ""],
] as const)("accepts %j with %j", (asked, answer) => {
  expect(judgeAnswers([asked], [answer])).toBeNull();
});

test.each([
  [question("string"), "  ", 'Answer 1 ("Why?") should not be empty.'],
  [question("text"), 5, 'Answer 1 ("Why?") should be a text.'],
  [question("text", false), false, 'Answer 1 ("Why?") should be a text.'],
  [question("number"), "5", 'Answer 1 ("Why?") should be a number.'],
  [question("checkbox"), false, 'Answer 1 ("Why?") needs your agreement.'],
  [question("checkbox"), "yes", 'Answer 1 ("Why?") should be true or false.'],
  [question("select"), "c", 'Answer 1 ("Why?") should be one of these: a, b.'],
  [question("select"), null, 'Answer 1 ("Why?") should be one of these: a, b.'],
] as const)("refuses %j with %j", (asked, answer, message) => {
  expect(judgeAnswers([asked], [answer])).toBe(message);
});

test("counts the answers", () => {
  expect(judgeAnswers([question("string")], [])).toBe("Expected 1 answers, but got 0.");
});
