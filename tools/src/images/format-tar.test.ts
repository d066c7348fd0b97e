import { writeFile } from "node:fs/promises";
import path from "node:path";

import { execa } from "execa";
import { expect, test } from "vitest";

import { createTestFolder } from "../../test/fixtures/test-folder.ts";
import { computeDigest } from "./digest.ts";
import { formatTar, type TarEntry } from "./format-tar.ts";

const longFolder = `app/${"folder-of-thirty-characters-ab/".repeat(4)}`;
const longName = "n".repeat(120);

const entries: TarEntry[] = [
  file("app/main.js", "console.log(1);\n"),
  { ...file("app/run", "#!/bin/sh\n"), executable: true },
  file(`${longFolder}split.js`, "split at a slash"),
  file(`app/${longName}`, "needs a pax header"),
  file("app/naïve-Ünïcödé.txt", "not ASCII"),
  { kind: "symlink", path: "app/link", target: "main.js" },
  { kind: "symlink", path: "app/long-link", target: longName },
  file("app/sub.txt", "sorts before sub/"),
  file("app/sub/deep.txt", "deep"),
];

test("system tar lists every entry with fixed owner, time and mode", async () => {
  const listing = await listWithSystemTar(formatTar(entries));

  expect(listing).toMatchInlineSnapshot(`
    [
      "drwxr-xr-x 0/0               0 1970-01-01 00:00:00 app/",
      "drwxr-xr-x 0/0               0 1970-01-01 00:00:00 app/folder-of-thirty-characters-ab/",
      "drwxr-xr-x 0/0               0 1970-01-01 00:00:00 app/folder-of-thirty-characters-ab/folder-of-thirty-characters-ab/",
      "drwxr-xr-x 0/0               0 1970-01-01 00:00:00 app/folder-of-thirty-characters-ab/folder-of-thirty-characters-ab/folder-of-thirty-characters-ab/",
      "drwxr-xr-x 0/0               0 1970-01-01 00:00:00 app/folder-of-thirty-characters-ab/folder-of-thirty-characters-ab/folder-of-thirty-characters-ab/folder-of-thirty-characters-ab/",
      "-rw-r--r-- 0/0              16 1970-01-01 00:00:00 app/folder-of-thirty-characters-ab/folder-of-thirty-characters-ab/folder-of-thirty-characters-ab/folder-of-thirty-characters-ab/split.js",
      "lrwxrwxrwx 0/0               0 1970-01-01 00:00:00 app/link -> main.js",
      "lrwxrwxrwx 0/0               0 1970-01-01 00:00:00 app/long-link -> nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn",
      "-rw-r--r-- 0/0              16 1970-01-01 00:00:00 app/main.js",
      "-rw-r--r-- 0/0               9 1970-01-01 00:00:00 app/naïve-Ünïcödé.txt",
      "-rw-r--r-- 0/0              18 1970-01-01 00:00:00 app/nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn",
      "-rwxr-xr-x 0/0              10 1970-01-01 00:00:00 app/run",
      "-rw-r--r-- 0/0              17 1970-01-01 00:00:00 app/sub.txt",
      "drwxr-xr-x 0/0               0 1970-01-01 00:00:00 app/sub/",
      "-rw-r--r-- 0/0               4 1970-01-01 00:00:00 app/sub/deep.txt",
    ]
  `);
});

test("system tar unpacks what went in", async () => {
  const folder = await createTestFolder("tar-");
  await writeFile(path.join(folder, "layer.tar"), formatTar(entries));

  await execa("tar", ["-xf", "layer.tar"], { cwd: folder });
  const { stdout } = await execa(
    "cat",
    [`${longFolder}split.js`, `app/${longName}`, "app/long-link"],
    {
      cwd: folder,
    },
  );

  expect(stdout).toBe("split at a slashneeds a pax headerneeds a pax header");
});

test("the order of the entries does not matter", () => {
  const reversed = formatTar(entries.toReversed());

  expect(computeDigest(reversed)).toBe(computeDigest(formatTar(entries)));
});

test("the bytes are the same for ever", () => {
  expect(computeDigest(formatTar(entries))).toMatchInlineSnapshot(
    `"sha256:eb9a9c81a3801edb0a54a1a4bc8a5fffaa57b24717ee893fef264af7780d1982"`,
  );
});

test("every folder comes once, before what it holds", async () => {
  const listing = await listWithSystemTar(
    formatTar([file("a/b/c", ""), file("a/b/d", ""), file("a/b.c", "")]),
  );

  expect(listing.map((line) => line.split(" ").at(-1))).toEqual([
    "a/",
    "a/b.c",
    "a/b/",
    "a/b/c",
    "a/b/d",
  ]);
});

test("two entries of one path are refused", () => {
  expect(() => formatTar([file("a", "1"), file("a", "2")])).toThrow("a twice");
});

function file(name: string, content: string): TarEntry & { kind: "file" } {
  return { kind: "file", path: name, content: Buffer.from(content) };
}

async function listWithSystemTar(tar: Uint8Array): Promise<string[]> {
  const { stdout } = await execa("tar", ["-tvf", "-", "--utc", "--full-time"], {
    input: tar,
    env: { LC_ALL: "C.UTF-8" },
  });
  return stdout.split("\n");
}
