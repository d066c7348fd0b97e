import { expect, test } from "vitest";

import { computeDigest } from "./digest.ts";
import { computeImageKey, formatImage, type ImageFacts } from "./format-image.ts";
import { embeddedBase } from "./image-base.ts";
import { ImageConfig, ImageManifest, parseDocument } from "./oci-documents.ts";

const facts: ImageFacts = {
  service: "events",
  title: "@myaegee/events",
  description: "Events.",
  port: 8084,
  label: '{"version":1}',
  architecture: "amd64",
  os: "linux",
  nodeMajor: 24,
  base: embeddedBase,
  layers: [{ name: "app", digest: digest("packed"), diffId: digest("tar"), sizeBytes: 10 }],
};
const revision = { version: "1.0.0", commit: "abc" };

const base = {
  name: "oci:base",
  digest: digest("base"),
  pinned: null,
  folder: "/bases",
  layers: [{ mediaType: "layer", digest: digest("os"), size: 99 }],
  config: parseDocument(
    ImageConfig,
    Buffer.from(
      JSON.stringify({
        architecture: "amd64",
        os: "linux",
        config: {
          Env: ["PATH=/bin", "NODE_ENV=development"],
          Cmd: ["sh"],
          Labels: { vendor: "x" },
        },
        rootfs: { type: "layers", diff_ids: [digest("os-tar")] },
        history: [{ created_by: "debootstrap" }],
      }),
    ),
    "base",
  ),
};

test("the configuration of an image without an operating system", () => {
  const { config } = formatImage(facts, revision);

  expect(JSON.parse(Buffer.from(config).toString())).toMatchInlineSnapshot(`
    {
      "architecture": "amd64",
      "config": {
        "Entrypoint": [
          "node",
          "main.js",
        ],
        "Env": [
          "SERVICE_NAME=events",
          "SERVICE_VERSION=1.0.0",
          "SERVICE_COMMIT=abc",
          "NODE_ENV=production",
        ],
        "ExposedPorts": {
          "8084/tcp": {},
        },
        "Labels": {
          "org.aegee.slipway.base": "embedded",
          "org.aegee.slipway.base-layers": "0",
          "org.aegee.slipway.image-key": "sha256:ca9864f862e2e38460805e093d4352d1f0ab8a01562c7ca7511251ca2ab7c724",
          "org.aegee.slipway.node-major": "24",
          "org.aegee.slipway.service": "{"version":1}",
          "org.opencontainers.image.description": "Events.",
          "org.opencontainers.image.revision": "abc",
          "org.opencontainers.image.title": "@myaegee/events",
          "org.opencontainers.image.version": "1.0.0",
        },
        "User": "65532:65532",
        "WorkingDir": "/app",
      },
      "created": "1970-01-01T00:00:00Z",
      "history": [
        {
          "created": "1970-01-01T00:00:00Z",
          "created_by": "slipway: app",
        },
      ],
      "os": "linux",
      "rootfs": {
        "diff_ids": [
          "sha256:90aebae315675cbf04612de4f7d5874850f48e0b8dd82becbeaa47ca93f5ebfb",
        ],
        "type": "layers",
      },
    }
  `);
});

test("the manifest names configuration and layers by digest", () => {
  const { config, manifest } = formatImage(facts, revision);

  expect(parseDocument(ImageManifest, manifest, "m")).toEqual({
    schemaVersion: 2,
    mediaType: "application/vnd.oci.image.manifest.v1+json",
    config: {
      mediaType: "application/vnd.oci.image.config.v1+json",
      digest: computeDigest(config),
      size: config.byteLength,
    },
    layers: [
      {
        mediaType: "application/vnd.oci.image.layer.v1.tar+gzip",
        digest: digest("packed"),
        size: 10,
      },
    ],
  });
});

test("a base lends its layers, history and environment, but not its command", () => {
  const image = formatImage({ ...facts, base }, revision);
  const config = parseDocument(ImageConfig, image.config, "c");
  const manifest = parseDocument(ImageManifest, image.manifest, "m");

  expect(manifest.layers.map((layer) => layer.digest)).toEqual([digest("os"), digest("packed")]);
  expect(config.rootfs.diff_ids).toEqual([digest("os-tar"), digest("tar")]);
  expect(config.history).toHaveLength(2);
  expect(config.config.Env?.slice(0, 2)).toEqual(["PATH=/bin", "SERVICE_NAME=events"]);
  expect(config.config.Cmd).toBeUndefined();
  expect(config.config.Labels).toMatchObject({
    vendor: "x",
    "org.opencontainers.image.base.digest": digest("base"),
    "org.aegee.slipway.base-layers": "1",
  });
  expect(config.config.Labels).not.toHaveProperty(["org.aegee.slipway.base"]);
});

test("version and commit change the image but not its key", () => {
  const released = formatImage(facts, { version: "1.0.1", commit: "def" });

  expect(computeDigest(released.manifest)).not.toBe(
    computeDigest(formatImage(facts, revision).manifest),
  );
  expect(Buffer.from(released.config).toString()).toContain(computeImageKey(facts));
});

test.each([
  ["a layer", { layers: [] }],
  ["the base", { base }],
  ["the manifest of the service", { label: "{}" }],
  ["the architecture", { architecture: "arm64" }],
  ["the description", { description: "Other." }],
  ["the major version of node", { nodeMajor: 26 }],
])("%s changes the key", (_name, change) => {
  expect(computeImageKey({ ...facts, ...change })).not.toBe(computeImageKey(facts));
});

function digest(text: string): string {
  return computeDigest(text);
}
