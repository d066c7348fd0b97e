import { execa } from "execa";
import { expect, test } from "vitest";

import { buildImages } from "../../src/images/build-images.ts";
import {
  build,
  commit,
  diffLayers,
  edit,
  replaceAll,
  unchanged,
  unpack,
} from "../fixtures/built-images.ts";
import { createImageWorkspace } from "../fixtures/image-workspace.ts";

test("an unchanged workspace is neither bundled nor packed", async () => {
  const workspace = await createImageWorkspace();
  const before = await build(workspace);

  const after = await buildImages({ workspace, commit: "another" });

  expect(after).toEqual(before.map(unchanged));
});

test("a changed line changes the app layer only", async () => {
  const workspace = await createImageWorkspace();
  const [before, plainBefore] = await build(workspace);
  await edit(workspace, "services/hello/src/excited.ts", (text) => text.replace("!", "!!"));

  const [after, plainAfter] = await build(workspace);

  expect(after).toMatchObject({ cached: false, reason: "services/hello/src/excited.ts changed" });
  expect(after?.digest).not.toBe(before?.digest);
  expect(diffLayers(before, after)).toEqual(["app"]);
  expect(plainAfter).toEqual({ ...plainBefore, cached: true, reason: "unchanged" });
});

test("a changed library changes the services that use it and no other", async () => {
  const workspace = await createImageWorkspace();
  const before = await build(workspace);
  await edit(workspace, "libs/greeting/src/index.ts", (text) =>
    text.replace("(name)", "(name + name)"),
  );

  const after = await build(workspace);

  expect(after.map(({ reason }) => reason)).toEqual([
    "libs/greeting/src/index.ts changed",
    "unchanged",
  ]);
  expect(diffLayers(before[0], after[0])).toEqual(["app"]);
});

test.each([
  ["a README", "services/hello/README.md"],
  ["a README of a library", "libs/greeting/README.md"],
  ["a test", "services/hello/src/excited.test.ts"],
  ["settings of the test runner", "services/hello/vitest.config.ts"],
  ["output of the test runner", "services/hello/.vitest/output.json"],
  ["a changelog", "services/hello/CHANGELOG.md"],
])("a change in %s builds nothing", async (_name, file) => {
  const workspace = await createImageWorkspace();
  const before = await build(workspace);
  await edit(workspace, file, (text) => `${text}\n// changed\n`);

  expect(await build(workspace)).toEqual(before.map(unchanged));
});

test("a new version of a development dependency builds nothing", async () => {
  const workspace = await createImageWorkspace();
  const before = await build(workspace);
  await edit(workspace, "services/hello/package.json", replaceAll("4.0.0", "4.1.0"));
  await edit(workspace, "package-lock.json", replaceAll("4.0.0", "4.1.0"));
  await edit(workspace, "node_modules/.package-lock.json", replaceAll("4.0.0", "4.1.0"));

  expect(await build(workspace)).toEqual(before.map(unchanged));
});

test("a new version of a bundled package is built into the vendor layer of its users", async () => {
  const workspace = await createImageWorkspace();
  const before = await build(workspace);
  await edit(workspace, "package-lock.json", replaceAll("sha512-old", "sha512-newer"));
  await edit(workspace, "node_modules/old-style/index.js", replaceAll("'!'", "'?'"));

  const after = await build(workspace);

  expect(after.map(({ reason }) => reason)).toEqual([
    "node_modules/old-style another version",
    "unchanged",
  ]);
  expect(diffLayers(before[0], after[0])).toEqual(["vendor"]);
});

test("a comment keeps the image, because its content comes out the same", async () => {
  const workspace = await createImageWorkspace();
  const [before] = await build(workspace);
  await edit(workspace, "services/hello/src/excited.ts", (text) => `// a note\n${text}`);

  const [after] = await buildImages({ workspace, commit: "another" });

  expect(after).toMatchObject({
    digest: before?.digest,
    commit,
    cached: false,
    reason: "services/hello/src/excited.ts changed; the content is the same",
  });
});

test("earlier builds stay for going back, but not for ever", async () => {
  const workspace = await createImageWorkspace();
  const [first] = await build(workspace);
  await editAndBuild(workspace, 3);
  await expect(unpack(workspace, first)).resolves.toBeDefined();

  await editAndBuild(workspace, 25);

  await expect(unpack(workspace, first)).rejects.toMatchObject({ code: "IMAGE_MISSING" });
  const { stdout } = await execa("ls", ["dist/images/hello/blobs/sha256"], { cwd: workspace });
  // 21 images of three blobs each, and the two layers that all of them share.
  expect(stdout.split("\n")).toHaveLength(21 * 3 + 2);
});

test("a new version is a new image of the same key and the same layers", async () => {
  const workspace = await createImageWorkspace();
  const [before] = await build(workspace);
  await edit(workspace, "services/hello/package.json", replaceAll("1.2.3", "1.3.0"));

  const [after] = await build(workspace);

  expect(after).toMatchObject({ version: "1.3.0", reason: "version 1.2.3 → 1.3.0" });
  expect(after?.digest).not.toBe(before?.digest);
  expect(after?.imageKey).toBe(before?.imageKey);
  expect(diffLayers(before, after)).toEqual([]);
});

test("what the service says of itself is in the image and in its key", async () => {
  const workspace = await createImageWorkspace();
  const [before] = await build(workspace);
  await edit(workspace, "services/hello/package.json", replaceAll("8084", "8085"));

  const [after] = await build(workspace);
  const { config } = await unpack(workspace, after);

  expect(after?.imageKey).not.toBe(before?.imageKey);
  expect(JSON.parse(config.config.Labels?.["org.aegee.slipway.service"] ?? "")).toMatchObject({
    name: "hello",
    needs: { port: 8085 },
    schema: { min: 0, max: 1 },
  });
});

async function editAndBuild(workspace: string, times: number): Promise<void> {
  for (let time = 1; time <= times; time += 1) {
    await edit(workspace, "services/hello/src/excited.ts", (text) => text.replace("!", "!-"));
    await buildImages({ workspace, commit, services: ["hello"] });
  }
}
