import { describe, expect, test } from "vitest";

import { buildSession } from "../testing/sessions.ts";
import { planMenu } from "./menu.ts";

function labels(menu: ReturnType<typeof planMenu>): string[] {
  return [...menu.main, ...menu.administration].map(({ label }) => label);
}

describe("the menu", () => {
  test("shows a stranger what is public and nothing else", () => {
    expect(labels(planMenu(null))).toEqual(["Events", "Statutory", "Bodies"]);
  });

  test("shows a member their own things, but no administration", () => {
    const session = buildSession({ global: ["create:event"] });

    expect(labels(planMenu(session))).toEqual([
      "Dashboard",
      "Events",
      "Statutory",
      "Bodies",
      "Discounts",
    ]);
  });

  test.each([
    ["view:member", "Members"],
    ["approve_event:training", "Approve events"],
    ["create:permission", "Permissions"],
    ["update:permission", "Permissions"],
    ["access:admin", "Status"],
  ])("shows with %s one more entry, %s", (permission, entry) => {
    const without = labels(planMenu(buildSession()));
    const withIt = labels(planMenu(buildSession({ global: [permission] })));

    expect(without).not.toContain(entry);
    expect(withIt.filter((label) => !without.includes(label))).toEqual([entry]);
  });

  test("does not take a local permission for a global one", () => {
    const session = buildSession({ local: { "view:member": [1], "access:admin": [1] } });

    expect(labels(planMenu(session))).toEqual(labels(planMenu(buildSession())));
  });

  test("shows a superadmin everything", () => {
    expect(labels(planMenu(buildSession({ superadmin: true })))).toEqual([
      "Dashboard",
      "Events",
      "Statutory",
      "Bodies",
      "Discounts",
      "Members",
      "Approve events",
      "Permissions",
      "Status",
    ]);
  });
});
