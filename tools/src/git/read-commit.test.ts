import { execa } from "execa";
import { expect, test } from "vitest";

import { createTestFolder, writeFiles } from "../../test/fixtures/test-folder.ts";
import { readCommit } from "./read-commit.ts";

test("names the commit, and says when the working tree differs from it", async () => {
  const folder = await createTestFolder("git-");
  await writeFiles(folder, { file: "1" });
  await execa("sh", ["-c", commitAll], { cwd: folder });
  const clean = await readCommit(folder);
  await writeFiles(folder, { untracked: "2" });

  const dirty = await readCommit(folder);

  expect(clean).toMatch(/^[0-9a-f]{40}$/u);
  expect(dirty).toBe(`${clean}-dirty`);
});

test("outside a repository there is no commit", async () => {
  expect(await readCommit(await createTestFolder("no-git-"))).toBe("unknown");
});

const commitAll =
  "git init -q && git add . && git -c user.name=T -c user.email=t@example.org commit -q -m Start";
