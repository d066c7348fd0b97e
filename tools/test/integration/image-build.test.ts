import { chmod, cp, readdir, rm, truncate, utimes, writeFile } from "node:fs/promises";
import path from "node:path";

import { execa } from "execa";
import { expect, test } from "vitest";

import { buildImages } from "../../src/images/build-images.ts";
import {
  blobOf,
  build,
  buildInOtherProcess,
  commit,
  diffLayers,
  edit,
  flipLastByte,
  replaceAll,
  unpack,
} from "../fixtures/built-images.ts";
import { createImageWorkspace } from "../fixtures/image-workspace.ts";
import { createTestFolder } from "../fixtures/test-folder.ts";

test("another folder, umask, file time, file mode and time zone give the same digests", async () => {
  const first = await createImageWorkspace();
  const second = path.join(await createTestFolder("elsewhere-"), "a/deeper/folder");
  await cp(first, second, { recursive: true, verbatimSymlinks: true });
  await utimes(path.join(second, "services/hello/src/main.ts"), 1, 1);
  await chmod(path.join(second, "services/hello/src/main.ts"), 0o600);
  await chmod(path.join(second, "node_modules/machine-code/index.js"), 0o600);

  const here = await build(first);
  const there = await buildInOtherProcess(second, { TZ: "Pacific/Auckland", LANG: "tr_TR" });

  expect(there).toEqual(here.map(({ digest }) => digest));
});

test.each([
  ["missing", (blob: string) => rm(blob)],
  ["cut short", (blob: string) => truncate(blob, 10)],
  ["changed in place", flipLastByte],
])("an unchanged image whose layer is %s is built again", async (_name, damage) => {
  const workspace = await createImageWorkspace();
  const [before] = await build(workspace);
  await damage(blobOf(workspace, before));

  const [after] = await build(workspace);

  expect(after).toMatchObject({
    digest: before?.digest,
    cached: false,
    reason: "the stored image is missing or damaged",
  });
  await expect(unpack(workspace, after)).resolves.toBeDefined();
});

test("a damaged cache costs time and nothing else", async () => {
  const workspace = await createImageWorkspace();
  const [before] = await build(workspace);
  await writeFile(path.join(workspace, "dist/image-cache/hello.json"), '{"inputs":');
  const layer = `sha256-${before?.layers.at(-1)?.diffId.slice(7)}.gz`;
  await truncate(path.join(workspace, "dist/image-cache/layers/gzip-6", layer), 20);

  const [after] = await build(workspace);

  expect(after).toMatchObject({ digest: before?.digest, reason: "no earlier build" });
});

test("a fresh build of unchanged sources comes to the same image", async () => {
  const workspace = await createImageWorkspace();
  const before = await build(workspace);

  const after = await buildImages({ workspace, commit, fresh: true });

  expect(after.map(({ digest }) => digest)).toEqual(before.map(({ digest }) => digest));
  expect(after.map(({ reason }) => reason)).toEqual(["asked for", "asked for"]);
});

test("damaged bundles of packages are made again", async () => {
  const workspace = await createImageWorkspace();
  const [before] = await build(workspace);
  await execa("sed", ["-i", "s/Hello/Howdy/", ...(await listVendor(workspace))]);
  await edit(workspace, "services/hello/src/excited.ts", replaceAll("!", "!!"));

  const [after] = await build(workspace);

  expect(diffLayers(before, after)).toEqual(["app"]);
});

test("what no build has used for a week leaves the cache", async () => {
  const workspace = await createImageWorkspace();
  await build(workspace);
  const used = await listVendor(workspace);
  const old = path.join(workspace, "dist/image-cache/vendor/sha256-old.json");
  await writeFile(old, "{}");
  await utimes(old, 1, 1);
  await utimes(used[0] ?? "", 1, 1);
  await edit(workspace, "services/hello/src/excited.ts", replaceAll("!", "!!"));
  await edit(workspace, "services/plain/src/main.ts", replaceAll("you", "all"));

  await build(workspace);

  expect(await listVendor(workspace)).toEqual(used);
});

test("two processes that build the same services at once agree and leave a whole image", async () => {
  const workspace = await createImageWorkspace();

  const [one, two] = await Promise.all([
    buildInOtherProcess(workspace, {}),
    buildInOtherProcess(workspace, {}),
  ]);
  const after = await build(workspace);

  expect(one).toEqual(two);
  expect(after).toMatchObject([{ cached: true, digest: one[0] }, { cached: true }]);
});

test("refuses to build from packages that are not those of the lock", async () => {
  const workspace = await createImageWorkspace();
  await edit(workspace, "node_modules/.package-lock.json", replaceAll('"1.0.0"', '"0.9.0"'));

  await expect(build(workspace)).rejects.toMatchObject({
    code: "DEPENDENCIES_STALE",
    message: "node_modules/old-style holds 0.9.0; package-lock.json wants 1.0.0.",
    hint: "Install what the lock says: npm ci",
  });
});

test("shows the bundler's words when code can't be bundled", async () => {
  const workspace = await createImageWorkspace();
  await edit(
    workspace,
    "services/hello/src/excited.ts",
    (text) => `${text}\nimport "./nowhere.ts";\n`,
  );

  const error: unknown = await build(workspace).catch((cause: unknown) => cause);

  expect(error).toMatchObject({
    code: "IMAGE_BUILD_FAILED",
    message: "services/hello/src/main.ts could not be bundled.",
  });
  expect(String(Reflect.get(Object(error), "details"))).toContain("nowhere.ts");
  expect(String(Reflect.get(Object(error), "details"))).not.toContain(workspace);
});

test.each([
  ["its own tests", "../test/helper.ts", "services/hello/test/helper.ts"],
  ["another service", "../../plain/src/main.ts", "services/plain/src/main.ts"],
  ["a library it does not name", "../../../libs/other/index.ts", "libs/other/index.ts"],
])("refuses a service that uses code of %s", async (_name, specifier, file) => {
  const workspace = await createImageWorkspace({
    "services/hello/test/helper.ts": "console.log(1);\n",
    "libs/other/index.ts": "console.log(2);\n",
  });
  await edit(
    workspace,
    "services/hello/src/excited.ts",
    (text) => `import "${specifier}";\n${text}`,
  );

  await expect(build(workspace)).rejects.toMatchObject({
    code: "IMAGE_BUILD_FAILED",
    message: `hello uses code of ${file}.`,
  });
});

test("names the services there are when it does not know one", async () => {
  const workspace = await createImageWorkspace();

  await expect(buildImages({ workspace, commit, services: ["helo"] })).rejects.toMatchObject({
    code: "SERVICE_UNKNOWN",
    hint: "The workspace has hello, plain.",
  });
});

async function listVendor(workspace: string): Promise<string[]> {
  const folder = path.join(workspace, "dist/image-cache/vendor");
  return (await readdir(folder)).map((name) => path.join(folder, name));
}
