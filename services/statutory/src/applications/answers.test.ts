import { expect, test } from "vitest";

import type { Question } from "../events/questions.ts";
import { findAnswerFaults } from "./answers.ts";

const question = (type: Question["type"], required = true): Question => ({
  type,
  required,
  description: "Why?",
  ...(type === "select" ? { values: ["a", "b"] } : {}),
});

test.each([
  ["string", true, "because"],
  ["text", false, ""],
  ["number", true, 3],
  ["number", true, "3.5"],
  ["select", true, "b"],
  ["checkbox", true, true],
  ["checkbox", false, false],
] as const)("a %s (required: %s) takes %j", (type, required, answer) => {
  expect(findAnswerFaults([question(type, required)], [answer])).toEqual([]);
});

test.each([
  ["string", true, "  ", "is empty."],
  ["text", true, true, "should be a text."],
  ["text", false, "x".repeat(10_001), "should have at most 10000 characters."],
  ["number", true, "many", "should be a number."],
  ["number", true, null, "should be a number."],
  ["number", true, {}, "should be a number."],
  ["select", true, "c", "should be one of these: a, b."],
  ["select", false, 1, "should be one of these: a, b."],
  ["checkbox", true, false, "must be agreed to."],
  ["checkbox", false, "yes", "should be true or false."],
] as const)("a %s (required: %s) refuses %j", (...[type, required, answer, fault]) => {
  expect(findAnswerFaults([question(type, required)], [answer])).toEqual([
    `Answer 1 ("Why?") ${fault}`,
  ]);
});

test("there must be as many answers as questions", () => {
  expect(findAnswerFaults([question("text")], [])).toEqual(["Expected 1 answers, but got 0."]);
});
