import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { expect, test } from "vitest";

import { createTestFolder } from "../../test/fixtures/test-folder.ts";
import { writeFileSafely } from "./write-file-safely.ts";

test.each([{}, { isDurable: false }])("replaces a file as a whole, %j", async (wish) => {
  const folder = await createTestFolder("write-");
  const file = join(folder, "state.json");
  await writeFile(file, "old");

  await Promise.all([writeFileSafely(file, "new 1", wish), writeFileSafely(file, "new 2", wish)]);

  expect(await readFile(file, "utf8")).toMatch(/^new [12]$/);
  expect(await readdir(folder)).toEqual(["state.json"]);
});

test("is for its owner's eyes only unless told otherwise", async () => {
  const folder = await createTestFolder("write-");

  await writeFileSafely(join(folder, "secret"), "4711");
  await writeFileSafely(join(folder, "public"), "all", { mode: 0o644 });

  expect((await stat(join(folder, "secret"))).mode & 0o777).toBe(0o600);
  expect((await stat(join(folder, "public"))).mode & 0o777).toBe(0o644);
});

test("leaves the old content and nothing else when it can't write", async () => {
  const folder = await createTestFolder("write-");
  const place = join(folder, "is-a-folder");
  await writeFileSafely(join(folder, "kept"), "old");

  await expect(writeFileSafely(join(place, "file"), "new")).rejects.toMatchObject({
    code: "ENOENT",
  });

  expect(await readdir(folder)).toEqual(["kept"]);
});
