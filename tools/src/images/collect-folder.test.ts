import { chmod, symlink } from "node:fs/promises";
import path from "node:path";

import { execa } from "execa";
import { expect, test } from "vitest";

import { createTestFolder, writeFiles } from "../../test/fixtures/test-folder.ts";
import { collectFolder } from "./collect-folder.ts";

test("collects files with their executable bit, and links inside the folder", async () => {
  const folder = await createTestFolder("collect-");
  await writeFiles(folder, { "a/run": "#!/bin/sh", "b.txt": "b" });
  await chmod(path.join(folder, "a/run"), 0o755);
  await symlink("../b.txt", path.join(folder, "a/link"));

  const entries = await collectFolder({ folder, at: "app" });

  expect(entries.toSorted((a, b) => (a.path < b.path ? -1 : 1))).toMatchObject([
    { kind: "symlink", path: "app/a/link", target: "../b.txt" },
    { kind: "file", path: "app/a/run", executable: true },
    { kind: "file", path: "app/b.txt", executable: false },
  ]);
});

test("leaves out what must not be shipped, wherever it lies", async () => {
  const folder = await createTestFolder("collect-");
  await writeFiles(folder, {
    "deep/.env": "PASSWORD=1",
    "deep/.env.local": "PASSWORD=1",
    ".npmrc": "token",
    ".git/HEAD": "ref",
    "npm-debug.log": "",
    "kept.js": "",
    "skipped.js": "",
  });

  const entries = await collectFolder({ folder, at: "app", skip: (name) => name === "skipped.js" });

  expect(entries.map((entry) => entry.path)).toEqual(["app/kept.js"]);
});

test.each(["/etc/passwd", "../../outside"])("refuses a link to %s", async (target) => {
  const folder = await createTestFolder("collect-");
  await symlink(target, path.join(folder, "link"));

  await expect(collectFolder({ folder, at: "app" })).rejects.toMatchObject({
    code: "IMAGE_BUILD_FAILED",
    message: expect.stringContaining(`links to ${target}`),
  });
});

test("refuses a private key", async () => {
  const folder = await createTestFolder("collect-");
  await writeFiles(folder, { "notes.txt": "-----BEGIN PRIVATE KEY-----\n" });

  await expect(collectFolder({ folder, at: "app" })).rejects.toThrow("holds a private key");
});

test("refuses what is neither a file nor a folder", async () => {
  const folder = await createTestFolder("collect-");
  await execa("mkfifo", ["pipe"], { cwd: folder });

  await expect(collectFolder({ folder, at: "app" })).rejects.toThrow("neither a file nor a folder");
});
