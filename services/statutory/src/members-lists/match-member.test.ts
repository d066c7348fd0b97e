import { expect, test } from "vitest";

import { isOnMembersList } from "./match-member.ts";

const anna = { first_name: "Anna", last_name: "Müller", user_id: 7 };

test.each([
  ["the same user id", { first_name: "X", last_name: "Y", user_id: 7 }, true],
  ["the same name without an id", { first_name: "Anna", last_name: "Müller" }, true],
  ["the same name in other case", { first_name: "ANNA", last_name: "müller", user_id: null }, true],
  ["the same name with another id", { first_name: "Anna", last_name: "Müller", user_id: 8 }, true],
  ["the first name only", { first_name: "Anna", last_name: "Meier" }, false],
  ["the last name only", { first_name: "Hanna", last_name: "Müller", user_id: null }, false],
])("a member with %s: %s", (_, member, expected) => {
  expect(isOnMembersList([member], anna)).toBe(expected);
});

test("nobody is on an empty list", () => {
  expect(isOnMembersList([], anna)).toBe(false);
});
