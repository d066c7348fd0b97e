import { readFile } from "node:fs/promises";
import path from "node:path";

import { expect, test } from "vitest";

import { writeFiles } from "../../test/fixtures/test-folder.ts";
import { createReleaseWorkspace, changeset } from "../../test/release/release-workspace.ts";
import { listNextVersions } from "../changes/list-next-versions.ts";
import { readVersionPlan } from "./read-version-plan.ts";
import { writeVersions } from "./write-versions.ts";

async function planNext(folder: string): Promise<string[]> {
  const { plan } = await readVersionPlan(folder);
  return listNextVersions(plan).map(({ packageName, to }) => `${packageName}@${to}`);
}

test("a library brings versions of all that use it, through other libraries too", async () => {
  const { folder } = await createReleaseWorkspace({
    ".changeset/a.md": changeset(["@x/words"], "major", "Other words."),
  });

  expect(await planNext(folder)).toEqual(["@x/greeting@2.0.1", "@x/hello@1.2.4", "@x/words@2.0.0"]);
});

test("a waiver alone makes no version, so it waits for the next release", async () => {
  const { folder } = await createReleaseWorkspace({
    ".changeset/a.md": changeset(["@x/hello"], "none", "Only comments."),
  });

  expect(await planNext(folder)).toEqual([]);
});

test("in pre mode versions are pre-releases, and leaving it makes them whole", async () => {
  const { folder } = await createReleaseWorkspace({
    ".changeset/a.md": changeset(["@x/world"], "minor", "A new world."),
    ".changeset/pre.json": JSON.stringify({ mode: "pre", tag: "next" }),
  });

  const entered = (await writeVersions(folder)).map(({ to }) => to);
  const between = await planNext(folder);
  await writeFiles(folder, {
    ".changeset/pre.json": JSON.stringify({ mode: "exit", tag: "next" }),
  });
  const left = (await writeVersions(folder)).map(({ to }) => to);

  expect([entered, between, left]).toEqual([["0.5.0-next.0"], [], ["0.5.0"]]);
  const changelog = await readFile(path.join(folder, "services/world/CHANGELOG.md"), "utf8");
  expect(changelog.match(/^## .*$/gmu)).toEqual(["## 0.5.0", "## 0.5.0-next.0"]);
});

test.each<{ what: string; files: Record<string, string> }>([
  { what: "names nobody", files: { ".changeset/a.md": changeset(["@x/nobody"], "patch", "No.") } },
  { what: "is no changeset", files: { ".changeset/a.md": "---\nnot: [yaml\n---\n" } },
  { what: "has no settings", files: { ".changeset/config.json": "{ nothing" } },
])("a branch that $what is refused with changesets' own words", async ({ files }) => {
  const { folder } = await createReleaseWorkspace(files);

  await expect(readVersionPlan(folder)).rejects.toMatchObject({
    code: "VERSIONS_FAILED",
    message: expect.stringMatching(/^The next versions can't be made: .+[^.]\.$/u),
  });
});
