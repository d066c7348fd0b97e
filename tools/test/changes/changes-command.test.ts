import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";

import { execa } from "execa";
import { expect, test } from "vitest";

import { runCli } from "../../src/cli/run-cli.ts";
import { verdictCacheFolder } from "../../src/cli/verdict-cache.ts";
import { requireProgram } from "../fixtures/require-program.ts";
import { createTestFolder, writeFiles } from "../fixtures/test-folder.ts";
import { commitAll, type Files, writeRepository } from "./change-workspace.ts";
import { changeset, core, events, own } from "./edits.ts";

const hostile = "</details> | `x` @all\n# head";
const nodeBin = path.resolve(import.meta.dirname, "../../../node_modules/.bin/node");
const slipway = path.resolve(import.meta.dirname, "../../bin/slipway.js");

async function createBranch(change: Files): Promise<string> {
  const folder = await createTestFolder("changes-");
  await writeRepository(folder, {}, change);
  return folder;
}

async function runIn(folder: string, ...argv: string[]) {
  const out = { stdout: "", stderr: "" };
  const exitCode = await runCli(["changes", ...argv], {
    cwd: folder,
    env: {},
    stdin: {},
    stdout: { write: (text) => (out.stdout += text) },
    stderr: { write: (text) => (out.stderr += text) },
    signal: new AbortController().signal,
  });
  return { exitCode, ...out };
}

async function cloneOf(folder: string): Promise<string> {
  const clone = await createTestFolder("changes-");
  await execa("git", ["clone", "--quiet", `file://${folder}`, clone]);
  return clone;
}

test("ends with 13 and the file to write when a changed image is not covered", async () => {
  const folder = await createBranch(core);

  const { exitCode, stdout, stderr } = await runIn(folder);

  expect({ exitCode, stderr }).toEqual({ exitCode: 13, stderr: "" });
  expect(stdout.replaceAll(/change-[0-9a-f]{8}/gu, "change-HASH")).toMatchInlineSnapshot(`
    "Images that change:
      core  not covered
        services/core/src/main.ts → core: changed

    ✖ The image of @x/core changes (services/core/src/main.ts → core), and no changeset of this branch names it. [SERVICE_UNCOVERED]

    Write .changeset/change-HASH.md:

        ---
        "@x/core": patch
        ---
        
        Say in one to three sentences what changes for those who use it.

    Not covered: 1 to mend.
    "
  `);
});

test("ends with 0 when everything is covered, and names the next version", async () => {
  const folder = await createBranch({ ...core, ...own({ core: "minor" }) });

  const { exitCode, stdout } = await runIn(folder);

  expect(exitCode).toBe(0);
  expect(stdout).toMatchInlineSnapshot(`
    "Images that change:
      core  released as 1.1.0
        services/core/src/main.ts → core: changed

    Next versions:
      @x/core  1.0.0  →  1.1.0  minor

    Every change is covered.
    "
  `);
});

test("prints one JSON document, the same each time and from a fresh clone", async () => {
  const folder = await createBranch({ ...core, ...events, ...own({ core: "major" }) });
  const base = (await execa("git", ["rev-parse", "HEAD^"], { cwd: folder })).stdout;

  const first = await runIn(folder, "--json", `--base=${base}`);
  const known = await runIn(folder, "--json", `--base=${base}`);
  const [cached = ""] = await readdir(verdictCacheFolder(folder));
  await writeFile(path.join(verdictCacheFolder(folder), cached), "torn");
  const anew = await runIn(folder, "--json", `--base=${base}`);
  const cloned = await runIn(await cloneOf(folder), "--json", `--base=${base}`);

  expect(JSON.parse(first.stdout)).toMatchObject({
    type: "changes",
    version: 1,
    isCovered: false,
    base,
    affected: [
      { service: "core", cover: "release", nextVersion: "2.0.0" },
      { service: "events", cover: null, nextVersion: null },
    ],
  });
  expect([known, anew, cloned]).toEqual([first, first, first]);
});

test("a tree that was judged is not judged again, and any other is", async () => {
  const folder = await createBranch(core);
  await runIn(folder);
  const [cached = ""] = await readdir(verdictCacheFolder(folder));
  const file = path.join(verdictCacheFolder(folder), cached);
  const before = await readFile(file, "utf8");
  await runIn(folder);
  const one = await readdir(verdictCacheFolder(folder));
  await writeFiles(folder, events);
  const other = await runIn(folder);

  expect(one).toEqual([cached]);
  expect(await readFile(file, "utf8")).toBe(before);
  expect(other.stdout).toContain("events");
  expect(await readdir(verdictCacheFolder(folder))).toHaveLength(2);
});

test("prints Markdown for a comment, where nothing hostile leaves its code span", async () => {
  const file = ".changeset/<b>`|@all.md";
  const folder = await createBranch({ ...core, [file]: changeset({ [hostile]: "patch" }) });

  const { exitCode, stdout } = await runIn(folder, "--markdown");

  expect(exitCode).toBe(13);
  expect(stdout).toMatch(/^### ✖ Changes are not covered\n/u);
  const spans = stdout.replace(/(`{3,})text[^]*?\n\1/gu, "");
  expect(spans).not.toMatch(/<b>|@all|<\/details>|\n# head/u);
});

test.each([
  { size: "patch", says: '"@x/core": patch\n---\n\nSays less.\n', version: "1.0.1" },
  { size: "major", says: '"@x/core": major\n---\n\nSays less.\n', version: "2.0.0" },
  { size: "none", says: '"@x/core": none\n---\n\nSays less.\n', version: null },
])("writes the missing changeset of size $size without asking", async ({ size, says, version }) => {
  const folder = await createBranch(core);

  const result = await runIn(folder, "--json", "--write", `--size=${size}`, "--summary=Says less.");

  expect(result.exitCode).toBe(0);
  expect(result.stdout).toContain(`"nextVersion":${JSON.stringify(version)}`);
  expect(await readWritten(folder)).toContain(says);
});

test.each([
  { title: "nothing to ask on", flags: [], exitCode: 4, says: "--size=patch" },
  { title: "an unknown size", flags: ["--size=huge"], exitCode: 2, says: "patch, minor, major" },
  { title: "no summary", flags: ["--size=patch"], exitCode: 4, says: "--summary" },
])("writes nothing with $title", async ({ flags, exitCode, says }) => {
  const folder = await createBranch(core);
  const before = await readdir(path.join(folder, ".changeset"));

  const result = await runIn(folder, "--write", ...flags);

  expect(result.exitCode).toBe(exitCode);
  expect(result.stderr).toContain(says);
  expect(await readdir(path.join(folder, ".changeset"))).toEqual(before);
});

test("asks on a terminal and writes what was answered", async (context) => {
  await requireProgram(context, ["script", "--version"], "needs `script` of util-linux");
  const folder = await createBranch(core);
  const command = `stty cols 120 rows 40; exec "${nodeBin}" "${slipway}" changes --write`;
  const terminal = execa("script", ["--quiet", "--return", "--command", command, "/dev/null"], {
    cwd: folder,
    env: { TERM: "xterm" },
    timeout: 20_000,
    reject: false,
  });
  await answer(terminal, "How big is the change", "\u001B[B\r");
  await answer(terminal, "What changes for others", "Knows more.\r");

  const { exitCode, stdout } = await terminal;

  expect(exitCode).toBe(0);
  expect(stdout).toContain("Every change is covered.");
  expect(await readWritten(folder)).toBe('---\n"@x/core": minor\n---\n\nKnows more.\n');
});

test("refuses to answer in a clone without its history, and answers once it is complete", async () => {
  const origin = await createTestFolder("changes-");
  const clone = await createTestFolder("changes-");
  const base = await writeRepository(origin, {}, { "README.md": "More.\n" });
  await commitAll(origin, "Again");
  await execa("git", ["clone", "--quiet", "--depth=1", `file://${origin}`, clone]);

  const cut = await runIn(clone, `--base=${base}`);
  await execa("git", ["fetch", "--quiet", "--unshallow"], { cwd: clone });
  const whole = await runIn(clone, `--base=${base}`);

  expect(cut).toMatchObject({ exitCode: 2, stdout: "" });
  expect(cut.stderr).toContain("git fetch --unshallow");
  expect(whole.exitCode).toBe(0);
});

test("says how to name the base where none is known", async () => {
  const folder = await createBranch(core);

  const { exitCode, stderr } = await runIn(folder, "--base=nowhere");

  expect(exitCode).toBe(2);
  expect(stderr).toContain("--base=origin/master");
});

async function readWritten(folder: string): Promise<string> {
  const names = await readdir(path.join(folder, ".changeset"));
  const name = names.find((each) => each.startsWith("change-")) ?? "nothing";
  return readFile(path.join(folder, ".changeset", name), "utf8");
}

type Terminal = ReturnType<typeof execa>;

/** Types the text once the question is on the screen. */
async function answer(terminal: Terminal, question: string, text: string): Promise<void> {
  await new Promise<void>((resolve) => {
    let screen = "";
    terminal.stdout?.on("data", (chunk) => {
      screen += String(chunk);
      if (screen.includes(question)) resolve();
    });
    void terminal.then(() => resolve());
  });
  terminal.stdin?.write(text);
}
