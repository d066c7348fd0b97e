import { describe, expect } from "vitest";

import { flow } from "../support/flow.ts";
import { logIn } from "../support/people.ts";

const main = ["Dashboard", "Events", "Statutory", "Bodies", "Discounts"];
const all = [...main, "Members", "Approve events", "Permissions", "Status"];

const roles: [role: string, entries: string[]][] = [
  ["stranger", main],
  ["member", main],
  ["board", main],
  ["chair", main],
  ["jc", main],
  ["eqac", [...main, "Approve events"]],
  ["cd", [...main, "Approve events"]],
  ["netdirector", [...main, "Approve events"]],
  ["treasurer", [...main, "Approve events"]],
  ["admin", all],
];

describe.each(roles)("%s", (role, entries) => {
  flow(
    `the menu of ${role} has what is theirs: ${entries.slice(main.length).join(", ") || "nothing more"}`,
    async (stage) => {
      const page = await stage.visit("/dashboard", await logIn(role));

      await page.locator("summary").first().click();
      await page.getByRole("button", { name: "Log out" }).waitFor();
      const links = await page.locator("#main-menu a").allInnerTexts();

      expect(links.filter((label) => all.includes(label))).toEqual(entries);
    },
  );
});

flow("the menu of nobody in particular has what is public", async (stage) => {
  const page = await stage.visit("/events", null);

  await page.getByRole("link", { name: "Log in" }).waitFor();
  const links = await page.locator("#main-menu a").allInnerTexts();

  expect(links).toEqual(["Events", "Statutory", "Bodies", "Log in"]);
});
