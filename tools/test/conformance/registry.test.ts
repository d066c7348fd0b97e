import { buffer } from "node:stream/consumers";

import { describe, expect, test, type TestContext } from "vitest";

import { computeDigest } from "../../src/images/digest.ts";
import { mediaTypes } from "../../src/images/oci-documents.ts";
import { createDistributionRegistry } from "../../src/registries/distribution.ts";
import { createOciLayoutRegistry } from "../../src/registries/oci-layout.ts";
import type { Registry } from "../../src/registries/registry.ts";
import { registryLogin, startDockerRegistry } from "../fixtures/start-docker-registry.ts";
import { createTestFolder } from "../fixtures/test-folder.ts";

const blob = Buffer.from("a layer, as far as a registry can tell");
const digest = computeDigest(blob);

describe.each([
  ["oci-layout", openLayout],
  ["distribution", openDistribution],
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
    expect(await registry.readManifest("events", digest)).toBeNull();
    expect(await registry.hasBlob("events", digest)).toBe(false);
    await expect(registry.readBlob("events", digest)).rejects.toMatchObject({
      code: "BLOB_MISSING",
    });
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

function toBuffer(content: Uint8Array | null): Buffer {
  return Buffer.from(content ?? []);
}
