import { expect, test } from "vitest";

import { eventStatuses } from "./event.schema.ts";
import { canMove } from "./status-machine.ts";

const organizer = { isOrganizer: true, isApprover: false };
const approver = { isOrganizer: false, isApprover: true };
const nobody = { isOrganizer: false, isApprover: false };

function listMoves(who: typeof organizer): string[] {
  return eventStatuses.flatMap((from) =>
    eventStatuses.filter((to) => canMove(from, to, who)).map((to) => `${from} → ${to}`),
  );
}

test("lets an organiser submit, and nothing else", () => {
  expect(listMoves(organizer)).toEqual(["draft → submitted"]);
});

test("lets an approver submit, send back, publish and unpublish", () => {
  expect(listMoves(approver)).toEqual([
    "draft → submitted",
    "submitted → draft",
    "submitted → published",
    "published → submitted",
  ]);
});

test("lets nobody else move anything", () => {
  expect(listMoves(nobody)).toEqual([]);
});
