import type { ModCompWithPackage, NewChangesetWithCommit } from "@changesets/types";
import { expect, test } from "vitest";

import { getDependencyReleaseLine, getReleaseLine } from "./changelog.ts";

const changeset: NewChangesetWithCommit = {
  id: "brave-cat",
  summary: "Say <hello> to `$(id)`.\n\nAnd explain it.\n",
  releases: [],
  commit: "0123456789abcdef",
};

function describeDependency(name: string, newVersion: string): ModCompWithPackage {
  return {
    name,
    newVersion,
    type: "patch",
    oldVersion: "1.0.0",
    changesets: [],
    packageJson: { name, version: "1.0.0" },
    dir: "/",
  };
}

test("a change is told with the commit that brought it, as it was written", async () => {
  expect(await getReleaseLine(changeset, "minor", null)).toBe(
    "- 0123456: Say <hello> to `$(id)`.\n\n  And explain it.",
  );
});

test("a change whose commit nobody knows is told without", async () => {
  const { commit: _commit, ...unknown } = changeset;

  expect(await getReleaseLine(unknown, "minor", null)).toMatch(/^- Say/u);
});

test("a new library is told with what changed in it and below it", async () => {
  const causes = {
    "@x/auth": [
      { packageName: "@x/auth", version: "1.0.1", summary: "Check twice." },
      { packageName: "@x/kit", version: "2.0.0", summary: "Log less." },
    ],
  };
  const dependencies = [
    describeDependency("@x/kit", "2.0.0"),
    describeDependency("@x/auth", "1.0.1"),
  ];

  expect(await getDependencyReleaseLine([], dependencies, { causes })).toBe(
    [
      "- Updated libraries",
      "  - @x/auth@1.0.1",
      "    - Check twice.",
      "    - @x/kit@2.0.0: Log less.",
      "  - @x/kit@2.0.0",
    ].join("\n"),
  );
});

test("without new libraries there is nothing to tell", async () => {
  expect(await getDependencyReleaseLine([changeset], [], null)).toBe("");
});
