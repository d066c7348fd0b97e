import { buffer } from "node:stream/consumers";

import { describe, expect, test, type TestContext } from "vitest";

import { computeDigest } from "../../src/images/digest.ts";
import { mediaTypes } from "../../src/images/oci-documents.ts";
import { writeArtifact } from "../../src/images/write-artifact.ts";
import { createDistributionRegistry } from "../../src/registries/distribution.ts";
import { createOciLayoutRegistry } from "../../src/registries/oci-layout.ts";
import type { Registry } from "../../src/registries/registry.ts";
import { createFakeRegistry } from "../fakes/fake-registry.ts";
import { registryLogin, startDockerRegistry } from "../fixtures/start-docker-registry.ts";
import { createTestFolder } from "../fixtures/test-folder.ts";

const blob = Buffer.from("a layer, as far as a registry can tell");
const digest = computeDigest(blob);

describe.each([
  ["oci-layout", openLayout],
  ["distribution", openDistribution],
  ["memory", openMemory],
])("a registry by %s", (_name, open) => {
  test("gives back a blob as it was written", async (context) => {
    const registry = await open(context);
    await registry.writeBlob("team/events", digest, blob);

    expect(await registry.hasBlob("team/events", digest)).toBe(true);
    expect(await buffer(await registry.readBlob("team/events", digest))).toEqual(blob);
  });

  test("takes the same blob twice", async (context) => {
    const registry = await open(context);
    await registry.writeBlob("events", digest, blob);

    await expect(registry.writeBlob("events", digest, blob)).resolves.toBe("present");
  });

  test("gives back manifests by tag and by digest, byte for byte", async (context) => {
    const registry = await open(context);
    await registry.writeBlob("events", digest, blob);
    const manifest = formatManifest("one");

    const stored = await registry.writeManifest("events", manifest, "1.0.0");

    expect(stored).toBe(computeDigest(manifest));
    expect(toBuffer(await registry.readManifest("events", "1.0.0"))).toEqual(manifest);
    expect(toBuffer(await registry.readManifest("events", stored))).toEqual(manifest);
    expect(await registry.readDigest("events", "1.0.0")).toBe(stored);
    expect(await registry.readDigest("events", stored)).toBe(stored);
  });

  test("moves a tag and keeps what it left", async (context) => {
    const registry = await open(context);
    await registry.writeBlob("events", digest, blob);
    const first = await registry.writeManifest("events", formatManifest("one"), "latest");

    await registry.writeManifest("events", formatManifest("two"), "latest");

    expect(toBuffer(await registry.readManifest("events", "latest"))).toEqual(
      formatManifest("two"),
    );
    expect(toBuffer(await registry.readManifest("events", first))).toEqual(formatManifest("one"));
  });

  test("stores a manifest without a tag", async (context) => {
    const registry = await open(context);
    await registry.writeBlob("events", digest, blob);

    const stored = await registry.writeManifest("events", formatManifest("one"));

    expect(toBuffer(await registry.readManifest("events", stored))).toEqual(formatManifest("one"));
  });

  test("says what it does not have", async (context) => {
    const registry = await open(context);

    expect(await registry.readManifest("events", "1.0.0")).toBeNull();
    expect(await registry.readDigest("events", "1.0.0")).toBeNull();
    expect(await registry.readDigest("events", digest)).toBeNull();
    expect(await registry.readManifest("events", digest)).toBeNull();
    expect(await registry.hasBlob("events", digest)).toBe(false);
    await expect(registry.readBlob("events", digest)).rejects.toMatchObject({
      code: "BLOB_MISSING",
    });
  });

  test("takes a blob from a stream, and knows that it has it", async (context) => {
    const registry = await open(context);
    const source = { sizeBytes: blob.byteLength, open: async () => streamOf(blob) };

    expect(await registry.writeBlob("events", digest, source)).toBe("sent");
    expect(await registry.writeBlob("events", digest, source)).toBe("present");
    expect(await buffer(await registry.readBlob("events", digest))).toEqual(blob);
  });

  test("refuses a stream of other content, and keeps none of it", async (context) => {
    const registry = await open(context);
    const source = { sizeBytes: 5, open: async () => streamOf(Buffer.from("other")) };

    await expect(registry.writeBlob("events", digest, source)).rejects.toMatchObject({
      code: expect.stringMatching(/^(?:DIGEST_MISMATCH|REGISTRY_FAILED)$/u),
    });
    expect(await registry.hasBlob("events", digest)).toBe(false);
  });

  test("lists tags in order, and none of what it does not have", async (context) => {
    const registry = await open(context);
    await registry.writeBlob("events", digest, blob);
    await registry.writeManifest("events", formatManifest("two"), "2.0.0");
    await registry.writeManifest("events", formatManifest("one"), "1.0.0");
    await registry.writeManifest("events", formatManifest("none"));

    expect(await registry.listTags("events")).toEqual(["1.0.0", "2.0.0"]);
    expect(await registry.listTags("nobody")).toEqual([]);
  });

  test("lists what refers to an image once each, and not as a tag", async (context) => {
    const registry = await open(context);
    const image = formatManifest("image");
    const subject = await writeImage(registry, image);
    const place = { registry, repository: "events" };
    const about = { subject, annotations: { by: "test" } };

    const first = await writeArtifact(place, { type: "text/a", content: blob, ...about });
    const second = await writeArtifact(place, { type: "text/b", content: blob, ...about });
    await writeArtifact(place, { type: "text/b", content: blob, ...about });

    const found = await registry.listReferrers("events", subject.digest);
    const facts = new Map(found.map((each) => [each.digest, each]));
    expect([...facts.keys()]).toEqual(found.map((each) => each.digest));
    expect(facts.get(first)).toMatchObject({ artifactType: "text/a", annotations: { by: "test" } });
    expect(facts.get(second)).toMatchObject({ artifactType: "text/b" });
    expect(facts.size).toBe(2);
    expect(await registry.listReferrers("events", first)).toEqual([]);
    expect(await registry.listTags("events")).toEqual(["1.0.0"]);
  });

  test("stores an index of images", async (context) => {
    const registry = await open(context);
    const { mediaType, digest: child, size } = await writeImage(registry, formatManifest("image"));
    const manifests = [{ mediaType, digest: child, size }];
    const index = Buffer.from(
      JSON.stringify({ schemaVersion: 2, mediaType: mediaTypes.index, manifests }),
    );

    await registry.writeManifest("events", index, "2.0.0");

    expect(toBuffer(await registry.readManifest("events", "2.0.0"))).toEqual(index);
  });

  test("refuses content under a wrong digest", async (context) => {
    const registry = await open(context);

    await expect(registry.writeBlob("events", digest, Buffer.from("other"))).rejects.toMatchObject({
      code: "DIGEST_MISMATCH",
    });
  });

  test("refuses names that lead elsewhere", async (context) => {
    const registry = await open(context);

    await expect(registry.hasBlob("../events", digest)).rejects.toMatchObject({
      code: "IMAGE_INVALID",
    });
    await expect(registry.readBlob("events", "sha256:../..")).rejects.toMatchObject({
      code: "IMAGE_INVALID",
    });
  });
});

async function openLayout(_context: TestContext): Promise<Registry> {
  return createOciLayoutRegistry(await createTestFolder("layout-"));
}

async function openMemory(_context: TestContext): Promise<Registry> {
  return createFakeRegistry();
}

async function openDistribution(context: TestContext): Promise<Registry> {
  const name = await startDockerRegistry(context);
  return createDistributionRegistry(name, { readCredentials: async () => registryLogin });
}

function formatManifest(name: string): Buffer {
  return Buffer.from(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: mediaTypes.manifest,
      config: { mediaType: mediaTypes.config, digest, size: blob.byteLength },
      layers: [],
      annotations: { name },
    }),
  );
}

async function writeImage(registry: Registry, content: Buffer) {
  await registry.writeBlob("events", digest, blob);
  const stored = await registry.writeManifest("events", content, "1.0.0");
  return { mediaType: mediaTypes.manifest, digest: stored, size: content.byteLength };
}

function streamOf(content: Uint8Array): ReadableStream<Uint8Array> {
  return ReadableStream.from([content]);
}

function toBuffer(content: Uint8Array | null): Buffer {
  return Buffer.from(content ?? []);
}
