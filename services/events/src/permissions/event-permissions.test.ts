import type { Session } from "@myaegee/contracts";
import { buildSession } from "@myaegee/testing";
import { expect, test } from "vitest";

import { deriveApplicationPermissions } from "./application-permissions.ts";
import {
  approvableTypes,
  deriveCallerPermissions,
  deriveEventPermissions,
  seesWholeEvent,
  type EventFacts,
} from "./event-permissions.ts";

const published: EventFacts = {
  type: "training",
  status: "published",
  deleted: false,
  organizers: [{ user_id: 3, first_name: "Mara", last_name: "Member" }],
  application_status: "open",
};
const organizer = buildSession();
const other = buildSession({ user: { id: 9 } });
const approver = buildSession({ user: { id: 9 }, global: ["approve_event:training"] });
const manager = buildSession({ user: { id: 9 }, global: ["manage_event:training"] });
const superadmin = buildSession({ user: { id: 9, superadmin: true } });

/** The names of what somebody may do, without what they may do everywhere. */
function listRights(event: Partial<EventFacts>, session: Session | null): string[] {
  const { change_status, ...plain } = deriveEventPermissions({ ...published, ...event }, session);
  const moves = Object.entries(change_status).map(([to, may]) => [`to ${to}`, may] as const);
  return [...Object.entries(plain), ...moves].flatMap(([name, may]) =>
    may === true ? [name] : [],
  );
}

const selecting = [
  "list_applications",
  "approve_participants",
  "set_participants_confirmed",
  "set_participants_attended",
  "export",
];

test.each([
  ["a stranger", null, ["see_event", "apply"]],
  ["a member", other, ["see_event", "apply"]],
  ["an organiser", organizer, ["see_event", "apply", ...selecting]],
  ["an approver", approver, ["see_event", "apply", "to submitted"]],
  ["a manager", manager, ["see_event", "edit_event", "delete_event", "apply", ...selecting]],
  [
    "a superadmin",
    superadmin,
    ["see_event", "edit_event", "delete_event", "apply", ...selecting, "to submitted"],
  ],
])("of a published event, %s may", (_who, session, expected) => {
  expect(listRights({}, session)).toEqual(expected);
});

test.each([
  ["a stranger", null, []],
  ["a member", other, []],
  ["an organiser", organizer, ["see_event", "edit_event", ...selecting, "to submitted"]],
  ["an approver", approver, ["see_event", "to submitted"]],
  ["a manager", manager, ["see_event", "edit_event", "delete_event", ...selecting]],
])("of a draft, %s may", (_who, session, expected) => {
  expect(listRights({ status: "draft" }, session)).toEqual(expected);
});

test.each([
  ["an organiser", organizer, ["see_event", ...selecting]],
  ["an approver", approver, ["see_event", "to draft", "to published"]],
])("of a submitted event, %s may", (_who, session, expected) => {
  expect(listRights({ status: "submitted" }, session)).toEqual(expected);
});

test.each([
  ["a stranger", null, []],
  ["an organiser", organizer, ["see_event", "list_applications", "export"]],
  ["an approver", approver, ["see_event"]],
  ["a manager", manager, ["see_event", "list_applications", "export"]],
])("of a deleted event, %s may", (_who, session, expected) => {
  expect(listRights({ deleted: true }, session)).toEqual(expected);
});

test("lets nobody apply while applications are closed", () => {
  expect(listRights({ application_status: "closed" }, other)).toEqual(["see_event"]);
});

test("knows the board's bodies and the caller's others", () => {
  const session = buildSession({
    user: { bodies: [{ id: 1, name: "A", code: "AAA", type: "antenna" }] },
    local: { "approve_members:events": [2], "approve_members:agora": [1] },
  });

  expect(deriveCallerPermissions(session).see_boardview).toEqual({ 1: false, 2: true });
});

test("approves by global permissions alone, each type by its own", () => {
  const session = buildSession({ global: ["approve_event:nwm", "manage_event:training"] });
  const local = { ...session, permissions: session.permissions.map(asLocal) };

  expect(approvableTypes(session)).toEqual(["nwm"]);
  expect(approvableTypes(local)).toEqual([]);
});

test("shows the whole event to those who run or judge it", () => {
  const judged = [organizer, approver, manager].map((who) => seesWholeEvent(published, who));

  expect(judged).toEqual([true, true, true]);
  expect(seesWholeEvent(published, other)).toBe(false);
  expect(seesWholeEvent(published, null)).toBe(false);
});

test.each([
  [
    "the applicant",
    buildSession({ user: { id: 20 } }),
    { isOwn: true, view: true, edit: true, comment: false },
  ],
  ["an organiser", organizer, { isOwn: false, view: true, edit: false, comment: false }],
  ["a manager", manager, { isOwn: false, view: true, edit: true, comment: false }],
  ["an approver", approver, { isOwn: false, view: false, edit: false, comment: false }],
  [
    "a board",
    buildSession({ user: { id: 9 }, local: { "approve_members:events": [1] } }),
    { isOwn: false, view: false, edit: false, comment: true },
  ],
])("of an application, %s may", (_who, session, expected) => {
  const application = { user_id: 20, body_id: 1 };

  expect(deriveApplicationPermissions(published, application, session)).toEqual(expected);
});

function asLocal(permission: Session["permissions"][number]) {
  return {
    ...permission,
    scope: "local" as const,
    combined: permission.combined.replace("global", "local"),
  };
}
