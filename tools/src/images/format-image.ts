import { computeDigest } from "./digest.ts";
import type { ImageBase } from "./image-base.ts";
import type { ImageLayer } from "./image-layer.ts";
import { labels } from "./labels.ts";
import {
  mediaTypes,
  type Descriptor,
  type ImageConfig,
  type ImageManifest,
} from "./oci-documents.ts";

/** Part of every image key: raise it when the same sources shall give another image. */
export const builderVersion = 3;

const user = "65532:65532";
/** Images are a function of their content, so none knows when it was made. */
const created = "1970-01-01T00:00:00Z";

export interface ImageFacts {
  service: string;
  title: string;
  description: string;
  port: number;
  /** Content of the `service` label. */
  label: string;
  architecture: string;
  /** OCI's word: `linux`, `darwin`. */
  os: string;
  nodeMajor: number;
  base: ImageBase;
  layers: readonly ImageLayer[];
}

export interface ImageRevision {
  version: string;
  commit: string;
}

export interface FormattedImage {
  config: Uint8Array;
  configDigest: string;
  manifest: Uint8Array;
}

/** Hash of everything that goes into the image but its version and commit. */
export function computeImageKey(facts: ImageFacts): string {
  const config = planConfig(facts, { version: "", commit: "" }, "");
  const base = facts.base.digest ?? facts.base.name;
  return computeDigest(JSON.stringify({ builderVersion, base, config }));
}

/** The image as bytes, serialised once: their digest is the image's name. */
export function formatImage(
  facts: ImageFacts,
  revision: ImageRevision,
  imageKey = computeImageKey(facts),
): FormattedImage {
  const config = encode(planConfig(facts, revision, imageKey));
  const manifest = encode(planManifest(facts, config));
  return { config, configDigest: computeDigest(config), manifest };
}

function planConfig(facts: ImageFacts, revision: ImageRevision, imageKey: string): ImageConfig {
  const { base, layers } = facts;
  return {
    created,
    architecture: facts.architecture,
    os: facts.os,
    ...(facts.base.config?.variant !== undefined && { variant: facts.base.config.variant }),
    config: {
      User: user,
      ExposedPorts: { [`${facts.port}/tcp`]: {} },
      Env: planEnv(facts, revision),
      Entrypoint: ["node", "main.js"],
      WorkingDir: "/app",
      Labels: planLabels(facts, revision, imageKey),
    },
    rootfs: {
      type: "layers",
      diff_ids: [...(base.config?.rootfs.diff_ids ?? []), ...layers.map(({ diffId }) => diffId)],
    },
    history: [
      ...(base.config?.history ?? []),
      ...layers.map(({ name }) => ({ created, created_by: `slipway: ${name}` })),
    ],
  };
}

function planEnv(facts: ImageFacts, { version, commit }: ImageRevision): string[] {
  const own = [
    `SERVICE_NAME=${facts.service}`,
    `SERVICE_VERSION=${version}`,
    `SERVICE_COMMIT=${commit}`,
    "NODE_ENV=production",
  ];
  const names = new Set(own.map(readName));
  const inherited = (facts.base.config?.config.Env ?? []).filter(
    (line) => !names.has(readName(line)),
  );
  return [...inherited, ...own];
}

function readName(line: string): string {
  return line.split("=", 1)[0] ?? "";
}

function planLabels(
  facts: ImageFacts,
  { version, commit }: ImageRevision,
  imageKey: string,
): Record<string, string> {
  const { base } = facts;
  return sortKeys({
    ...base.config?.config.Labels,
    ...(base.digest !== null && { [labels.baseName]: base.name, [labels.baseDigest]: base.digest }),
    ...(base.digest === null && { [labels.base]: base.name }),
    [labels.baseLayers]: String(base.layers.length),
    [labels.title]: facts.title,
    [labels.description]: facts.description,
    [labels.version]: version,
    [labels.revision]: commit,
    [labels.imageKey]: imageKey,
    [labels.service]: facts.label,
    [labels.nodeMajor]: String(facts.nodeMajor),
  });
}

function sortKeys(values: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function planManifest({ base, layers }: ImageFacts, config: Uint8Array): ImageManifest {
  return {
    schemaVersion: 2,
    mediaType: mediaTypes.manifest,
    config: {
      mediaType: mediaTypes.config,
      digest: computeDigest(config),
      size: config.byteLength,
    },
    layers: [...base.layers, ...layers.map(describeLayer)],
    ...(base.digest !== null && {
      annotations: { [labels.baseDigest]: base.digest, [labels.baseName]: base.name },
    }),
  };
}

function describeLayer({ digest, sizeBytes }: ImageLayer): Descriptor {
  return { mediaType: mediaTypes.layerGzip, digest, size: sizeBytes };
}

function encode(document: ImageConfig | ImageManifest): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(document));
}
