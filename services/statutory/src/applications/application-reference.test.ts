import { expect, test } from "vitest";

import { parseApplicationReference } from "./application-reference.ts";

test.each([
  ["me", { by: "user", userId: 3 }],
  ["17", { by: "id", id: 17 }],
  ["001-0042", { by: "statutory-id", statutoryId: "001-0042" }],
  ["1234-12345", { by: "statutory-id", statutoryId: "1234-12345" }],
  ["99999999999", null],
  ["1-1", null],
  ["you", null],
  ["1; drop table applications", null],
])("%s names %j", (text, reference) => {
  expect(parseApplicationReference(text, 3)).toEqual(reference);
});
