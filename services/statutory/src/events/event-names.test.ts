import { expect, test } from "vitest";

import { parseEventReference } from "./event-reference.ts";
import { findUrlFault, normaliseUrl } from "./event-url.ts";

test.each([
  ["7", { by: "id", id: 7 }],
  ["latest", { by: "latest", type: null }],
  ["latest-agora", { by: "latest", type: "agora" }],
  ["latest-spm", { by: "latest", type: "spm" }],
  ["Agora-Testburg", { by: "url", url: "agora-testburg" }],
  ["99999999999", { by: "url", url: "99999999999" }],
  ["-1", { by: "url", url: "-1" }],
  ["1e3", { by: "url", url: "1e3" }],
])("the path segment %s means %j", (text, reference) => {
  expect(parseEventReference(text)).toEqual(reference);
});

test.each(["agora-testburg", "epm2027", "a"])("%s is an address", (url) => {
  expect(findUrlFault(url)).toBeNull();
});

test.each([
  ["2027", "The URL needs at least one letter."],
  ["2027-1", "The URL needs at least one letter."],
  ["a b", "The URL may hold letters, digits and dashes only."],
  ["ägora", "The URL may hold letters, digits and dashes only."],
  ["", "The URL may hold letters, digits and dashes only."],
  ["latest-agora", 'The URL "latest-agora" is reserved.'],
  ["mine", 'The URL "mine" is reserved.'],
])("%s is no address", (url, fault) => {
  expect(findUrlFault(url)).toBe(fault);
});

test("an address is trimmed and in lower case", () => {
  expect(normaliseUrl("  Agora-Testburg ")).toBe("agora-testburg");
});
