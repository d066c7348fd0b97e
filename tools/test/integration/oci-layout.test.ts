import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";

import { execa } from "execa";
import { expect, test } from "vitest";

import { computeDigest } from "../../src/images/digest.ts";
import { createOciLayoutRegistry } from "../../src/registries/oci-layout.ts";
import { withFileLock } from "../../src/registries/with-file-lock.ts";
import { createTestFolder } from "../fixtures/test-folder.ts";

const content = Buffer.from("content");
const digest = computeDigest(content);

test("gives back manifests by tag and by digest, byte for byte", async () => {
  const registry = createOciLayoutRegistry(await createTestFolder("layout-"));
  const manifest = formatManifest("one");

  const stored = await registry.writeManifest("events", manifest, "1.0.0");

  expect(stored).toBe(computeDigest(manifest));
  expect(Buffer.from((await registry.readManifest("events", "1.0.0")) ?? [])).toEqual(manifest);
  expect(Buffer.from((await registry.readManifest("events", stored)) ?? [])).toEqual(manifest);
});

test("answers null for what it does not have", async () => {
  const registry = createOciLayoutRegistry(await createTestFolder("layout-"));

  expect(await registry.readManifest("events", "1.0.0")).toBeNull();
  expect(await registry.readManifest("events", digest)).toBeNull();
  expect(await registry.hasBlob("events", digest)).toBe(false);
  await expect(registry.readBlob("events", digest)).rejects.toMatchObject({ code: "BLOB_MISSING" });
});

test("a tag moves, and the manifest it leaves stays listed", async () => {
  const folder = await createTestFolder("layout-");
  const registry = createOciLayoutRegistry(folder);
  const first = await registry.writeManifest("events", formatManifest("one"), "1.0.0");

  const second = await registry.writeManifest("events", formatManifest("two"), "1.0.0");

  expect(await readListed(folder)).toEqual([
    [first, undefined],
    [second, "1.0.0"],
  ]);
});

test("the same manifest is listed once a tag", async () => {
  const folder = await createTestFolder("layout-");
  const registry = createOciLayoutRegistry(folder);
  const stored = await registry.writeManifest("events", formatManifest("one"));
  await registry.writeManifest("events", formatManifest("one"), "1.0.0");
  await registry.writeManifest("events", formatManifest("one"), "1.0.0");
  await registry.writeManifest("events", formatManifest("one"), "latest");

  expect(await readListed(folder)).toEqual([
    [stored, "1.0.0"],
    [stored, "latest"],
  ]);
});

test("writers at the same time lose no tag", async () => {
  const folder = await createTestFolder("layout-");
  const tags = Array.from({ length: 20 }, (_, number) => `1.0.${number}`);

  await Promise.all(
    tags.map((tag) =>
      createOciLayoutRegistry(folder).writeManifest("events", formatManifest(tag), tag),
    ),
  );

  const listed = await readListed(folder);
  expect(new Set(listed.map(([, tag]) => tag))).toEqual(new Set(tags));
});

test("takes over the lock of a process that is gone", async () => {
  const lock = path.join(await createTestFolder("lock-"), "index.lock");
  const { stdout } = await execa("sh", ["-c", "echo $$"]);
  await writeFile(lock, stdout);

  await expect(withFileLock(lock, async () => "done")).resolves.toBe("done");
});

test("says who holds the lock for too long", async () => {
  const lock = path.join(await createTestFolder("lock-"), "index.lock");
  await writeFile(lock, String(process.pid));

  const waiting = withFileLock(lock, async () => "done", 50);

  await expect(waiting).rejects.toMatchObject({
    code: "LAYOUT_LOCKED",
    message: expect.stringContaining(`Process ${process.pid} has held`),
  });
});

test("refuses content under a wrong digest, in both directions", async () => {
  const folder = await createTestFolder("layout-");
  const registry = createOciLayoutRegistry(folder);
  await registry.writeBlob("events", digest, content);
  await writeFile(path.join(folder, "events/blobs/sha256", digest.slice(7)), "changed");

  await expect(registry.writeBlob("events", digest, Buffer.from("other"))).rejects.toMatchObject({
    code: "DIGEST_MISMATCH",
  });
  await expect(drain(await registry.readBlob("events", digest))).rejects.toMatchObject({
    code: "DIGEST_MISMATCH",
  });
});

test.each(["../events", "/etc", "Events", "", "a//b"])(
  "refuses the repository %j",
  async (name) => {
    const registry = createOciLayoutRegistry(await createTestFolder("layout-"));

    await expect(registry.hasBlob(name, digest)).rejects.toMatchObject({ code: "IMAGE_INVALID" });
  },
);

test.each(["sha256:../../etc", "sha512:00", ""])("refuses the digest %j", async (name) => {
  const registry = createOciLayoutRegistry(await createTestFolder("layout-"));

  await expect(registry.readBlob("events", name)).rejects.toMatchObject({ code: "IMAGE_INVALID" });
});

function formatManifest(name: string): Buffer {
  return Buffer.from(
    JSON.stringify({
      schemaVersion: 2,
      config: { mediaType: name, digest, size: content.byteLength },
      layers: [],
    }),
  );
}

async function readListed(folder: string): Promise<[string, string | undefined][]> {
  const text = await readFile(path.join(folder, "events/index.json"), "utf8");
  const index: { manifests: { digest: string; annotations?: Record<string, string> }[] } =
    JSON.parse(text);
  return index.manifests.map((entry) => [
    entry.digest,
    entry.annotations?.["org.opencontainers.image.ref.name"],
  ]);
}

async function drain(stream: ReadableStream<Uint8Array>): Promise<void> {
  await stream.pipeTo(new WritableStream());
}
