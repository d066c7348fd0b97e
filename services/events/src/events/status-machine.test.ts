import { expect, test } from "vitest";

import { canMove } from "./status-machine.ts";

const organizer = { isOrganizer: true, isApprover: false };
const approver = { isOrganizer: false, isApprover: true };
const nobody = { isOrganizer: false, isApprover: false };

test.each([
  ["draft", "submitted", true, true],
  ["draft", "published", false, false],
  ["draft", "draft", false, false],
  ["submitted", "draft", false, true],
  ["submitted", "published", false, true],
  ["submitted", "submitted", false, false],
  ["published", "submitted", false, true],
  ["published", "draft", false, false],
  ["published", "published", false, false],
] as const)("%s to %s: organiser %s, approver %s", (from, to, forOrganizer, forApprover) => {
  expect(canMove(from, to, organizer)).toBe(forOrganizer);
  expect(canMove(from, to, approver)).toBe(forApprover);
  expect(canMove(from, to, nobody)).toBe(false);
});
