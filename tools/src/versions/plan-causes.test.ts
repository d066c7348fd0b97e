import type { Packages, ReleasePlan } from "@changesets/types";
import { expect, test } from "vitest";

import { planCauses } from "./plan-causes.ts";

function describePackage(name: string, ...uses: string[]) {
  const dependencies = Object.fromEntries(uses.map((each) => [each, "*"]));
  return { dir: `/${name}`, packageJson: { name, version: "1.0.0", dependencies } };
}

const packages: Packages = {
  rootDir: "/",
  tool: { type: "npm" },
  packages: [
    describePackage("core", "auth", "kit"),
    describePackage("auth", "kit"),
    describePackage("kit", "auth"),
    describePackage("mailer", "quiet"),
    describePackage("quiet"),
  ],
};

function release(name: string, changesets: string[] = []) {
  return { name, type: "patch" as const, oldVersion: "1.0.0", newVersion: "1.0.1", changesets };
}

const plan: ReleasePlan = {
  changesets: [
    { id: "a", summary: "Log less.\nMuch less.", releases: [{ name: "kit", type: "patch" }] },
    { id: "b", summary: "No release.", releases: [{ name: "quiet", type: "none" }] },
  ],
  releases: [release("core"), release("auth"), release("kit", ["a"]), release("mailer")],
  preState: undefined,
};

test("a service learns of a change below the library it uses, once, and circles end", () => {
  const cause = { packageName: "kit", version: "1.0.1", summary: "Log less." };

  expect(planCauses(plan, packages)).toEqual({
    core: [cause],
    auth: [cause],
    kit: [cause],
    mailer: [],
  });
});
