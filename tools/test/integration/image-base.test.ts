import { cp, readFile, rm, stat } from "node:fs/promises";
import path from "node:path";

import { execa } from "execa";
import { expect, test } from "vitest";

import { imagesFolder } from "../../src/images/image-folders.ts";
import { ImageManifest, parseDocument } from "../../src/images/oci-documents.ts";
import { createOciLayoutRegistry } from "../../src/registries/oci-layout.ts";
import { build, runService, unpack } from "../fixtures/built-images.ts";
import { createHandmadeImage } from "../fixtures/handmade-image.ts";
import { createImageWorkspace } from "../fixtures/image-workspace.ts";
import { requireProgram } from "../fixtures/require-program.ts";
import { createTestFolder, writeFiles } from "../fixtures/test-folder.ts";

test("a base in a local layout lies below our layers, without a second copy of its bytes", async () => {
  const base = await createHandmadeImage({
    entries: [[{ name: "usr/bin/node" }, "not really node"]],
  });
  const workspace = await createBasedWorkspace(`oci:${base.folder}/handmade:1.0.0`);

  const [hello] = await build(workspace);
  const manifest = await readManifest(workspace, hello?.digest ?? "");
  const blob = path.join("blobs/sha256", base.layer.slice("sha256:".length));
  const here = await stat(path.join(imagesFolder(workspace), "hello", blob));
  const there = await stat(path.join(base.folder, "handmade", blob));

  expect(manifest.layers[0]?.digest).toBe(base.layer);
  expect(manifest.annotations).toMatchObject({
    "org.opencontainers.image.base.digest": base.digest,
  });
  expect(here.ino).toBe(there.ino);
});

test("without containers only our own layers are unpacked", async () => {
  const base = await createHandmadeImage({
    entries: [[{ name: "usr/bin/node" }, "not really node"]],
  });
  const workspace = await createBasedWorkspace(`oci:${base.folder}/handmade@${base.digest}`);
  const [hello] = await build(workspace);

  const { folder } = await unpack(workspace, hello);

  await expect(stat(path.join(folder, "usr"))).rejects.toMatchObject({ code: "ENOENT" });
  expect(await runService(folder)).toMatchObject({ text: "HELLO, 42!!" });
});

test("another base changes every image and says so", async () => {
  const workspace = await createImageWorkspace();
  const before = await build(workspace);
  const base = await createHandmadeImage({ entries: [] });
  await cp(path.join(base.folder, "handmade"), path.join(workspace, "base"), { recursive: true });
  const based = await createBasedWorkspace("oci:base:1.0.0", workspace);

  const after = await build(based);

  expect(after.map(({ cached }) => cached)).toEqual([false, false]);
  expect(after[0]?.reason).toContain("base");
  expect(after[0]?.imageKey).not.toBe(before[0]?.imageKey);
});

test("an image whose base layer is gone is built again", async () => {
  const base = await createHandmadeImage({ entries: [] });
  const workspace = await createBasedWorkspace(`oci:${base.folder}/handmade:1.0.0`);
  const [before] = await build(workspace);
  const blob = path.join("blobs/sha256", base.layer.slice("sha256:".length));
  await rm(path.join(imagesFolder(workspace), "hello", blob));

  const [after] = await build(workspace);

  expect(after).toMatchObject({ digest: before?.digest, cached: false });
  await expect(stat(path.join(imagesFolder(workspace), "hello", blob))).resolves.toBeDefined();
});

test.each([
  ["docker.io/library/node:24", "CONFIG_INVALID", "is not pinned"],
  ["oci:nowhere:24", "CONFIG_INVALID", "without index.json"],
])("explains why the base %s will not do", async (base, code, words) => {
  const workspace = await createBasedWorkspace(base);

  await expect(build(workspace)).rejects.toMatchObject({
    code,
    message: expect.stringContaining(words),
    hint: expect.any(String),
  });
});

test("skopeo copies an image with a base", async (context) => {
  await requireProgram(context, ["skopeo", "--version"], "Install it: apt-get install skopeo");
  const base = await createHandmadeImage({
    entries: [[{ name: "usr/bin/node" }, "not really node"]],
  });
  const workspace = await createBasedWorkspace(`oci:${base.folder}/handmade:1.0.0`);
  await build(workspace);

  const target = await createTestFolder("copy-");
  await execa("skopeo", ["copy", `oci:${imagesFolder(workspace)}/hello:1.2.3`, `dir:${target}`]);

  const copied = parseDocument(
    ImageManifest,
    await readFile(path.join(target, "manifest.json")),
    "copy",
  );
  expect(copied.layers).toHaveLength(4);
});

async function createBasedWorkspace(base: string, workspace?: string): Promise<string> {
  const settings = { "tools/slipway.yaml": `image:\n  base: ${base}\n` };
  if (workspace === undefined) {
    return createImageWorkspace(settings);
  }
  await writeFiles(workspace, settings);
  return workspace;
}

async function readManifest(workspace: string, digest: string) {
  const registry = createOciLayoutRegistry(imagesFolder(workspace));
  const content = await registry.readManifest("hello", digest);
  return parseDocument(ImageManifest, content ?? new Uint8Array(), "hello");
}
