import { cp, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

import { execa } from "execa";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

const root = resolve(import.meta.dirname, "../../..");
let folder = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "affected-"));
  await copyWorkspace();
  await git("init", "--quiet", "--initial-branch=main");
  await git("config", "user.name", "Test");
  await git("config", "user.email", "test@example.org");
  await git("add", "--all");
  await git("commit", "--quiet", "--message", "Start");
  await execa("node", ["tools/setup/prepare.mjs"], { cwd: folder, env: { CI: "true" } });
  await git("switch", "--quiet", "--create", "change");
}, 60_000);

beforeEach(async () => {
  await git("reset", "--quiet", "--hard", "main");
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

test("a change in one service runs that service's tasks only", async () => {
  await change("services/events/src/app.ts", (text) => `${text}\n// changed\n`);

  expect(await affectedTasks()).toEqual([
    "events:image",
    "events:lint",
    "events:test",
    "events:typecheck",
  ]);
});

test("a page of the frontend is type-checked, too", async () => {
  await change("services/frontend/src/web/main.ts", (text) => `${text}\n// changed\n`);

  expect(await affectedTasks()).toEqual([
    "frontend:image",
    "frontend:lint",
    "frontend:test",
    "frontend:typecheck",
  ]);
});

test("a change in a library reaches the services that use it, and no other image", async () => {
  await change("libs/auth/src/index.ts", (text) => `${text}\n// changed\n`);

  const tasks = await affectedTasks();

  expect(tasks.filter((task) => task.endsWith(":image"))).toEqual([
    "discounts:image",
    "events:image",
    "mailer:image",
    "statutory:image",
  ]);
  expect(tasks).toContain("auth:test");
  expect(tasks).not.toContain("frontend:image");
  expect(tasks).not.toContain("database:test");
});

test("a library that only tests use changes no image", async () => {
  await change("libs/testing/src/index.ts", (text) => `${text}\n// changed\n`);

  const tasks = await affectedTasks();

  expect(tasks.filter((task) => task.endsWith(":image"))).toEqual([]);
  expect(tasks).toContain("core:test");
});

test("a README runs nothing", async () => {
  await change("services/events/README.md", (text) => `${text}\nchanged\n`);

  expect(await affectedTasks()).toEqual([]);
});

test("a new version of the test runner runs tests and builds no image", async () => {
  await bumpInLockfile("node_modules/vitest");

  const tasks = await affectedTasks();

  expect(tasks.filter((task) => task.endsWith(":image"))).toEqual([]);
  expect(tasks).toContain("events:test");
});

test("a new version of a package that one service ships builds that image only", async () => {
  await bumpInLockfile("node_modules/nodemailer");

  const tasks = await affectedTasks();

  expect(tasks.filter((task) => task.endsWith(":image"))).toEqual(["mailer:image"]);
});

test("a release commit runs the released service's tasks only", async () => {
  await change("services/events/package.json", (text) =>
    text.replace(/"version": "[^"]+"/, '"version": "99.0.0"'),
  );
  await change("services/events/CHANGELOG.md", () => "# @myaegee/events\n\n## 99.0.0\n");
  await change("package-lock.json", (text) => {
    const lock = JSON.parse(text);
    lock.packages["services/events"].version = "99.0.0";
    return `${JSON.stringify(lock, null, 2)}\n`;
  });

  const projects = new Set((await affectedTasks()).map((task) => task.split(":")[0]));

  expect([...projects]).toEqual(["events"]);
});

async function copyWorkspace(): Promise<void> {
  const { stdout } = await execa(
    "git",
    ["ls-files", "-z", "--cached", "--others", "--exclude-standard"],
    {
      cwd: root,
    },
  );
  const files = stdout.split("\0").filter((file) => file !== "");
  await Promise.all(
    files.map((file) => cp(join(root, file), join(folder, file)).catch(ignoreDeleted)),
  );
  await symlink(join(root, "node_modules"), join(folder, "node_modules"));
}

/** A file that git still lists but that is gone from the working tree is no part of the workspace. */
function ignoreDeleted(error: NodeJS.ErrnoException): void {
  if (error.code !== "ENOENT") throw error;
}

async function change(file: string, edit: (text: string) => string): Promise<void> {
  const path = join(folder, file);
  const text = await readFile(path, "utf8").catch(() => "");
  await writeFile(path, edit(text));
  await git("add", "--all");
  await git("commit", "--quiet", "--message", "Change");
}

async function bumpInLockfile(key: string): Promise<void> {
  await change("package-lock.json", (text) => {
    const lock = JSON.parse(text);
    lock.packages[key].version = "99.0.0";
    lock.packages[key].integrity = "sha512-changed";
    return `${JSON.stringify(lock, null, 2)}\n`;
  });
}

/** Every task that the change since `main` affects, as `project:target`, sorted. */
async function affectedTasks(): Promise<string[]> {
  const { stdout } = await execa(
    "nx",
    ["affected", "-t", "lint", "typecheck", "test", "image", "--explain=stdout"],
    { cwd: folder, localDir: root, preferLocal: true, env: { NX_DAEMON: "false" } },
  );
  const explained: { affected: object } = JSON.parse(stdout.slice(stdout.indexOf("{")));
  return Object.keys(explained.affected).toSorted();
}

async function git(...args: string[]): Promise<void> {
  await execa("git", args, { cwd: folder });
}
