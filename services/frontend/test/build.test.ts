import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { cp, mkdtemp, readdir, readFile, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

import { afterAll, beforeAll, describe, expect, test } from "vitest";

const run = promisify(execFile);
const service = join(import.meta.dirname, "..");
const sources = ["src/web", "build", "vite.config.ts", "package.json", "tsconfig.web.json"];
let folders: string[];

/** The service in a folder of its own, as another clone would have it. */
async function buildInClone(): Promise<string> {
  const clone = await mkdtemp(join(tmpdir(), "frontend-clone-"));
  for (const source of sources) {
    await cp(join(service, source), join(clone, source), { recursive: true });
  }
  await symlink(join(service, "../../node_modules"), join(clone, "node_modules"));
  const vite = join(clone, "node_modules/vite/bin/vite.js");
  // A test run's NODE_ENV would make it a development build.
  await run(process.execPath, [vite, "build"], { cwd: clone, env: { PATH: process.env["PATH"] } });
  return clone;
}

async function hashFiles(clone: string): Promise<Record<string, string>> {
  const folder = join(clone, "dist/public");
  const names = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = names.filter((entry) => entry.isFile());
  const hashes = files.map(async ({ parentPath, name }) => {
    const content = await readFile(join(parentPath, name));
    return [name, createHash("sha256").update(content).digest("hex")];
  });
  return Object.fromEntries(await Promise.all(hashes));
}

beforeAll(async () => {
  folders = [await buildInClone(), await buildInClone()];
}, 60_000);

afterAll(async () => {
  await Promise.all(folders.map((folder) => rm(folder, { recursive: true })));
});

describe("the build", () => {
  test("gives the same bytes in two clones", async () => {
    const [one, other] = await Promise.all(folders.map(hashFiles));

    expect(Object.keys(one ?? {}).length).toBeGreaterThan(50);
    expect(one).toEqual(other);
  });

  test("puts a compressed twin beside every script, style and page", async () => {
    const names = Object.keys(await hashFiles(folders[0] ?? ""));
    const texts = names.filter((name) => /\.(js|css|html)$/.test(name));

    expect(texts.filter((name) => !names.includes(`${name}.br`))).toEqual([]);
    expect(texts.filter((name) => !names.includes(`${name}.gz`))).toEqual([]);
  });

  test("has nothing inline that the content security policy would stop", async () => {
    const html = await readFile(join(folders[0] ?? "", "dist/public/index.html"), "utf8");

    expect(html).not.toMatch(/<script(?![^>]* src=)/);
    expect(html).not.toMatch(/<style|style=|onload=/);
  });

  test("ships no test parts", async () => {
    const names = Object.keys(await hashFiles(folders[0] ?? ""));

    expect(names.filter((name) => /fake|testing|sessions-/.test(name))).toEqual([]);
  });
});
