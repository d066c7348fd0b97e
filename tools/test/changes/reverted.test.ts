import { execa } from "execa";
import { expect, test } from "vitest";

import { planGate } from "../../src/changes/plan-gate.ts";
import { readChanges } from "../../src/cli/read-changes.ts";
import { runGit } from "../../src/git/run-git.ts";
import { createTestFolder, writeFiles } from "../fixtures/test-folder.ts";
import { commitAll, writeRepository } from "./change-workspace.ts";
import { changeset, core, events, own } from "./edits.ts";

const feature = { ...core, ...own({ core: "minor" }) };

/** A release branch of two commits: the workspace, and an unreleased feature of core. */
async function writeFeature() {
  const folder = await createTestFolder("reverted-");
  await writeRepository(folder, {}, feature);
  return { folder, commit: (await runGit(folder, ["rev-parse", "HEAD"])).trim() };
}

async function judge(folder: string, base: string) {
  const { isCovered, reverted, affected, findings } = planGate(await readChanges(folder, base));
  return {
    isCovered,
    reverted,
    affected: affected.map(({ service }) => service),
    codes: findings.map(({ code }) => code),
  };
}

async function revert(folder: string, commit: string): Promise<void> {
  await runGit(folder, ["revert", "--no-commit", commit]);
}

test("a change and its changeset may be taken back together before the release", async () => {
  const { folder, commit } = await writeFeature();
  await revert(folder, commit);

  expect(await judge(folder, commit)).toEqual({
    isCovered: true,
    reverted: [commit],
    affected: [],
    codes: [],
  });
});

test("what a revert changes beyond the commit needs a changeset", async () => {
  const { folder, commit } = await writeFeature();
  await revert(folder, commit);
  await writeFiles(folder, events);

  expect(await judge(folder, commit)).toEqual({
    isCovered: false,
    reverted: [commit],
    affected: ["events"],
    codes: ["SERVICE_UNCOVERED"],
  });
});

test("deleting the changeset alone is no revert", async () => {
  const { folder, commit } = await writeFeature();
  await runGit(folder, ["rm", "--quiet", ".changeset/own.md"]);

  expect(await judge(folder, commit)).toEqual({
    isCovered: false,
    reverted: [],
    affected: [],
    codes: ["CHANGESET_DELETED"],
  });
});

test("a revert that leaves a part of the change behind is none", async () => {
  const { folder, commit } = await writeFeature();
  await revert(folder, commit);
  await writeFiles(folder, { "services/core/src/main.ts": 'console.log("half");\n' });

  const verdict = await judge(folder, commit);

  expect(verdict).toMatchObject({ isCovered: false, reverted: [], affected: ["core"] });
  expect(verdict.codes).toContain("CHANGESET_DELETED");
});

test("a revert of a merge is taken back as a whole, with later changes kept", async () => {
  const { folder, commit } = await writeFeature();
  await runGit(folder, ["switch", "--quiet", "--create", "topic", `${commit}^`]);
  await writeFiles(folder, { "services/mailer/src/main.ts": 'console.log("more");\n' });
  await commitAll(folder, "More");
  await writeFiles(folder, { ".changeset/mailer.md": changeset({ mailer: "patch" }) });
  await commitAll(folder, "Say so");
  await runGit(folder, ["switch", "--quiet", "master"]);
  await execa("git", [...asAda, "merge", "--quiet", "--no-ff", "-m", "Merge", "topic"], {
    cwd: folder,
  });
  const merge = (await runGit(folder, ["rev-parse", "HEAD"])).trim();
  await writeFiles(folder, { ...events, ".changeset/events.md": changeset({ events: "patch" }) });
  const base = await commitAll(folder, "Later");
  await runGit(folder, ["revert", "--no-commit", "--mainline", "1", merge]);

  expect(await judge(folder, base)).toEqual({
    isCovered: true,
    reverted: [merge],
    affected: [],
    codes: [],
  });
});

test("two changes taken back at once are both found, the newest first", async () => {
  const { folder, commit } = await writeFeature();
  await writeFiles(folder, { ...events, ".changeset/events.md": changeset({ events: "patch" }) });
  const second = await commitAll(folder, "Second");
  await revert(folder, second);
  await revert(folder, commit);

  expect(await judge(folder, second)).toMatchObject({
    isCovered: true,
    reverted: [second, commit],
    affected: [],
  });
});

test("with a cut history it says so instead of taking the oldest commit for the origin", async () => {
  const { folder, commit } = await writeFeature();
  const clone = await createTestFolder("reverted-");
  await execa("git", ["clone", "--quiet", "--depth=1", `file://${folder}`, clone]);
  await runGit(clone, ["rm", "--quiet", ".changeset/own.md"]);

  await expect(readChanges(clone, commit)).rejects.toMatchObject({ code: "HISTORY_SHALLOW" });
});

const asAda = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org"];
