import { randomBytes } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir, readFile, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";

import { SlipwayError } from "../errors.ts";
import { blobPath } from "../registries/blob-path.ts";
import type { Registry } from "../registries/registry.ts";
import { writeFileAtomically } from "../registries/write-file-atomically.ts";
import { computeDigest } from "./digest.ts";
import { mapBounded } from "./map-bounded.ts";
import { ImageManifest, parseDocument, type Descriptor } from "./oci-documents.ts";
import { markUsed } from "./prune-cache.ts";

export interface BaseStore {
  /** Layout that keeps what was fetched. */
  folder: string;
  registry: Registry;
  repository: string;
}

const parallelLayers = 3;

/** Configuration and layers of a base in the store; what is there is not asked for again. */
export async function fetchBase(store: BaseStore, digest: string): Promise<void> {
  const content = await fetchBaseDocument(store, digest);
  const { config, layers } = parseDocument(ImageManifest, content, `Base ${digest}`);
  await mapBounded([config, ...layers], parallelLayers, (blob) => fetchOnce(store, blob));
}

/** Only the configuration of a base: enough to build upon it. */
export async function fetchBaseConfig(store: BaseStore, digest: string): Promise<void> {
  const content = await fetchBaseDocument(store, digest);
  await fetchOnce(store, parseDocument(ImageManifest, content, `Base ${digest}`).config);
}

/** A manifest or index by its digest, from the store or else from the registry. */
export async function fetchBaseDocument(store: BaseStore, digest: string): Promise<Uint8Array> {
  const file = blobPath(store.folder, digest);
  const stored = await readFile(file).catch(() => null);
  if (stored !== null && computeDigest(stored) === digest) {
    await markUsed(file);
    return stored;
  }
  const content = await store.registry.readManifest(store.repository, digest);
  if (content === null) {
    throw new SlipwayError(
      "IMAGE_MISSING",
      `The registry has no ${store.repository}@${digest} for a base image.`,
      { hint: "The setting is image.base in tools/slipway.yaml. Look at its name and digest." },
    );
  }
  await mkdir(path.dirname(file), { recursive: true });
  await writeFileAtomically(file, content);
  return content;
}

async function fetchOnce(store: BaseStore, { digest, size }: Descriptor): Promise<void> {
  const file = blobPath(store.folder, digest);
  const stored = await stat(file).catch(() => null);
  if (stored?.size === size) {
    return markUsed(file);
  }
  const temporary = `${file}.${process.pid}-${randomBytes(4).toString("hex")}.tmp`;
  try {
    const content = await store.registry.readBlob(store.repository, digest);
    await pipeline(content, limitBytes(digest, size), createWriteStream(temporary));
    await rename(temporary, file);
  } finally {
    await rm(temporary, { force: true });
  }
}

/** Ends with DIGEST_MISMATCH at the first byte too many, so that a registry can't fill the disk. */
function limitBytes(digest: string, size: number): Transform {
  let bytes = 0;
  return new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      bytes += chunk.byteLength;
      const isTooMuch = bytes > size;
      done(isTooMuch ? refuseSize(digest, size) : null, chunk);
    },
    flush(done) {
      done(bytes === size ? null : refuseSize(digest, size));
    },
  });
}

function refuseSize(digest: string, size: number): SlipwayError {
  return new SlipwayError(
    "DIGEST_MISMATCH",
    `Blob ${digest} of the base image does not have the ${size} bytes that its manifest names.`,
    { hint: "Nothing of it is kept. Pin another digest, or push the base image again." },
  );
}
