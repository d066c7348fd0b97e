import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { execa } from "execa";
import { afterAll, beforeAll, expect, test } from "vitest";

import { readCommit } from "../../src/git/read-commit.ts";
import { buildImages } from "../../src/images/build-images.ts";
import type { BuiltImage } from "../../src/images/built-image.ts";
import { readServices } from "../../src/workspace/read-services.ts";
import { unpack } from "../fixtures/built-images.ts";

const workspace = path.resolve(import.meta.dirname, "../../..");
let folder = "";
let one = "";
let two = "";
let images: BuiltImage[] = [];

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "slipway-clones-"));
  one = await cloneWorkspace("one");
  two = await cloneWorkspace("two/of/another/depth");
  images = await buildImages({ workspace: one, commit: await readCommit(one) });
}, 180_000);

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

test("the same commit gives the same digest of every service in two clones", async () => {
  const others = await buildImages({ workspace: two, commit: await readCommit(two) });

  expect(others.map(nameWithDigest)).toEqual(images.map(nameWithDigest));
  expect(images).toHaveLength((await readServices(one)).length);
  expect(images.map(({ commit }) => commit)).not.toContainEqual(expect.stringContaining("dirty"));
}, 180_000);

test("core finds its native password hash in its own image", async () => {
  const core = images.find(({ service }) => service === "core");
  const { folder: root } = await unpack(one, core);

  const { stdout } = await execa(process.execPath, ["--input-type=module", "--eval", hashOnce], {
    cwd: path.join(root, "app"),
  });

  expect(core?.layers.map(({ name }) => name)).toEqual(["deps", "vendor", "app"]);
  expect(stdout).toBe("true");
});

const hashOnce = `
  const { hash, verify } = await import("@node-rs/argon2");
  process.stdout.write(String(await verify(await hash("5ecret5ecret"), "5ecret5ecret")));`;

function nameWithDigest({ service, digest }: BuiltImage): string {
  return `${service} ${digest}`;
}

/** What is committed, with the packages that are installed here. */
async function cloneWorkspace(name: string): Promise<string> {
  const clone = path.join(folder, name);
  await execa("git", ["clone", "--quiet", "--no-hardlinks", workspace, clone]);
  await execa("sh", ["-c", copyPackages, "sh", clone], { cwd: workspace });
  return clone;
}

/** Hard links where both folders are on one file system, else copies. */
const copyPackages = `
  for folder in $(find . -name node_modules -prune); do
    cp -al "$folder" "$1/$folder" 2>/dev/null || { rm -rf "$1/$folder"; cp -a "$folder" "$1/$folder"; }
  done`;
