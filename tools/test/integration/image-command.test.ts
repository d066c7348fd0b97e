import path from "node:path";

import { execa } from "execa";
import { expect, test } from "vitest";

import { createImageWorkspace } from "../fixtures/image-workspace.ts";

const slipway = path.resolve(import.meta.dirname, "../../bin/slipway.js");

test("prints digests to stdout and what was done to stderr", async () => {
  const workspace = await createCommandWorkspace();

  const first = await run(workspace, "image");
  const second = await run(workspace, "image", "hello");

  expect(maskHashes(first.stdout)).toBe("hello@1.2.3 sha256:…\nplain@0.1.0 sha256:…");
  expect(maskHashes(first.stderr).split("\n").toSorted()).toEqual([
    "hello@1.2.3 sha256:… … kB no earlier build",
    "plain@0.1.0 sha256:… … B no earlier build",
  ]);
  expect(second.stderr).toContain("unchanged");
  expect(first.stdout).toContain(second.stdout);
});

test("with --json the last line is a document of all images", async () => {
  const workspace = await createCommandWorkspace();

  const { stdout } = await run(workspace, "image", "--json");

  const document = JSON.parse(stdout.split("\n").at(-1) ?? "");
  expect(document).toMatchObject({ type: "images", version: 1 });
  expect(document.images).toMatchObject([
    { service: "hello", cached: false, schema: { min: 0, max: 1 } },
    { service: "plain", cached: false, schema: null },
  ]);
});

test("ends with 2 for a service that does not exist", async () => {
  const { exitCode, stderr, stdout } = await run(
    await createCommandWorkspace(),
    "image",
    "nothing",
  );

  expect(exitCode).toBe(2);
  expect(stdout).toBe("");
  expect(stderr).toContain("[SERVICE_UNKNOWN]");
});

function createCommandWorkspace(): Promise<string> {
  return createImageWorkspace({ "tools/environments/local.yaml": "" });
}

function run(workspace: string, ...args: string[]) {
  return execa(process.execPath, [slipway, ...args], { cwd: workspace, reject: false });
}

function maskHashes(text: string): string {
  return text
    .replaceAll(/sha256:[0-9a-f]+/gu, "sha256:…")
    .replaceAll(/[\d.]+ (?=k?B )/gu, "… ")
    .replaceAll(/ +/gu, " ");
}
