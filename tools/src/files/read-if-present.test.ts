import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, onTestFinished, test } from "vitest";

import { readIfPresent } from "./read-if-present.ts";

test("a file that is not there is null, and one that can't be read is an error", async () => {
  const folder = await mkdtemp(join(tmpdir(), "read-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, "secret"), "value");

  expect(await readIfPresent(join(folder, "secret"))).toBe("value");
  expect(await readIfPresent(join(folder, "absent"))).toBeNull();
  await expect(readIfPresent(folder)).rejects.toMatchObject({ code: "EISDIR" });
});
