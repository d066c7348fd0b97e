import { appendFile, mkdtemp, readdir, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, expect, test } from "vitest";

import { followLines, readLastLines } from "./read-log.ts";
import { rotateLog } from "./rotate-log.ts";
import { createRotatingWriter } from "./rotating-writer.ts";
import { tidyLogs } from "./watch-logs.ts";

let folder: string;
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "slipway-logs-"));
  file = join(folder, "app.log");
});

afterEach(async () => await rm(folder, { recursive: true, force: true }));

test("moves a grown log aside and keeps as many as it should", async () => {
  const limits = { maxBytes: 10, keep: 2 };
  await writeFile(file, "first, long enough\n");
  await rotateLog(file, limits);
  await appendFile(file, "second, long enough\n");
  await rotateLog(file, limits);
  await appendFile(file, "short\n");

  const moved = await rotateLog(file, limits);

  expect(moved).toBe(false);
  expect(await readFile(file, "utf8")).toBe("short\n");
  expect(await readFile(`${file}.1`, "utf8")).toBe("second, long enough\n");
  expect(await readFile(`${file}.2`, "utf8")).toBe("first, long enough\n");
});

test("reads the last lines across a rotation", async () => {
  await writeFile(`${file}.1`, "one\ntwo\n");
  await writeFile(file, "three\n");

  expect(await readLastLines(file, 2)).toEqual(["two", "three"]);
  expect(await readLastLines(join(folder, "none.log"), 2)).toEqual([]);
});

test("follows whole lines, also when they come in pieces", async () => {
  await writeFile(file, "old\n");
  const stop = new AbortController();
  const lines = followLines(file, stop.signal)[Symbol.asyncIterator]();
  const first = lines.next();
  await appendFile(file, "ne");
  await appendFile(file, "w\nnext\n");

  expect([(await first).value, (await lines.next()).value]).toEqual(["new", "next"]);

  stop.abort();
  expect((await lines.next()).done).toBe(true);
});

test("starts a new file of its own when one has grown", async () => {
  const writer = createRotatingWriter(file, { maxBytes: 10, keep: 1 });
  writer.writeLine("long enough line");
  writer.writeLine("next");
  await writer.close();

  expect(await readFile(file, "utf8")).toBe("next\n");
});

test("goes on without its folder", async () => {
  const writer = createRotatingWriter(file, { maxBytes: 10, keep: 1 });
  await rm(folder, { recursive: true });

  writer.writeLine("long enough line");
  writer.writeLine("next");

  await expect(writer.close()).resolves.toBeUndefined();
});

test("forgets the oldest logs of processes that are gone", async () => {
  const names = Array.from({ length: 90 }, (_, number) => `task-${number}.log`);
  await Promise.all(names.map((name) => writeFile(join(folder, name), "x")));
  await Promise.all(names.map((name, number) => utimes(join(folder, name), number, number)));

  await tidyLogs(folder, ["task-0"]);

  const left = await readdir(folder);
  expect(left).toHaveLength(81);
  expect(left).toContain("task-0.log");
  expect(left).not.toContain("task-5.log");
});
