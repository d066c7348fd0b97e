import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { compressLayer } from "../../src/images/compress-layer.ts";
import { computeDigest } from "../../src/images/digest.ts";
import { formatTar } from "../../src/images/format-tar.ts";
import { labels } from "../../src/images/labels.ts";
import { mediaTypes } from "../../src/images/oci-documents.ts";
import type { Registry } from "../../src/registries/registry.ts";
import type { ImageReference } from "../../src/runtimes/runtime.ts";

export type FixtureMode = "graceful" | "rude" | "silent" | "dying";

/** What lies below the app in an image for containers. */
export interface FixtureBase {
  layers: readonly { mediaType: string; digest: string; size: number }[];
  diffIds: readonly string[];
  env: readonly string[];
}

interface FixtureImage {
  service: string;
  version: string;
  mode: FixtureMode;
  base?: FixtureBase;
}

/** Puts an image of the fixture app into the registry; the mode is part of it, so each has its own digest. */
export async function writeFixtureImage(
  registry: Registry,
  fixture: FixtureImage,
): Promise<ImageReference> {
  const { service, version, base } = fixture;
  const source = await readFile(join(import.meta.dirname, "../fixtures/app/main.js"));
  const tar = formatTar([
    { kind: "file", path: "app/main.js", content: source },
    { kind: "file", path: "app/package.json", content: Buffer.from('{"type":"module"}') },
  ]);
  const layer = await store(registry, service, await compressLayer(tar));
  const config = await store(registry, service, formatConfig(computeDigest(tar), fixture));
  const manifest = {
    schemaVersion: 2,
    mediaType: mediaTypes.manifest,
    config: { mediaType: mediaTypes.config, ...config },
    layers: [...(base?.layers ?? []), { mediaType: mediaTypes.layerGzip, ...layer }],
  };
  const digest = await registry.writeManifest(
    service,
    Buffer.from(JSON.stringify(manifest)),
    version,
  );
  return { service, version, digest };
}

function formatConfig(diffId: string, { service, version, mode, base }: FixtureImage): Uint8Array {
  const { env = [], diffIds = [] } = base ?? {};
  const embedded = { [labels.base]: "embedded", [labels.baseLayers]: "0" };
  return Buffer.from(
    JSON.stringify({
      architecture: "amd64",
      os: "linux",
      config: {
        User: "65532:65532",
        WorkingDir: "/app",
        Entrypoint: ["node", "main.js"],
        Env: [...env, `SERVICE_NAME=${service}`, `SERVICE_VERSION=${version}`, `MODE=${mode}`],
        Labels: base === undefined ? embedded : { [labels.baseLayers]: String(diffIds.length) },
      },
      rootfs: { type: "layers", diff_ids: [...diffIds, diffId] },
    }),
  );
}

async function store(registry: Registry, repository: string, content: Uint8Array) {
  const digest = computeDigest(content);
  await registry.writeBlob(repository, digest, content);
  return { digest, size: content.length };
}
