import { execa } from "execa";
import { expect, test } from "vitest";

import { planGate } from "../../src/changes/plan-gate.ts";
import { readChanges } from "../../src/cli/read-changes.ts";
import { findBase } from "../../src/git/find-base.ts";
import { formatChangesMarkdown } from "../../src/output/format-changes-markdown.ts";
import { createTestFolder } from "../fixtures/test-folder.ts";
import { commitAll, writeRepository } from "./change-workspace.ts";
import { changeset } from "./edits.ts";

const hostile = "</details> | `x` @all\n# head";

test("refuses to answer in a clone without its history, and answers once it is complete", async () => {
  const origin = await createTestFolder("changes-");
  const clone = await createTestFolder("changes-");
  const base = await writeRepository(origin, {}, { "README.md": "More.\n" });
  await commitAll(origin, "Again");
  await execa("git", ["clone", "--quiet", "--depth=1", `file://${origin}`, clone]);

  await expect(findBase(clone, base)).rejects.toMatchObject({ code: "HISTORY_SHALLOW" });
  await execa("git", ["fetch", "--quiet", "--unshallow"], { cwd: clone });

  expect(await findBase(clone, base)).toBe(base);
});

test("gives the same document again, and nothing hostile leaves its code span in Markdown", async () => {
  const folder = await createTestFolder("changes-");
  const file = ".changeset/<b>`|@all.md";
  const base = await writeRepository(folder, {}, { [file]: changeset({ [hostile]: "patch" }) });

  const first = planGate(await readChanges(folder, base));
  const second = planGate(await readChanges(folder, base));

  expect(JSON.stringify(second)).toBe(JSON.stringify(first));
  const spans = formatChangesMarkdown(first).replace(/```text[^]*?\n```/gu, "");
  expect(spans).not.toMatch(/<b>|@all|<\/details>|\n# head/u);
});
