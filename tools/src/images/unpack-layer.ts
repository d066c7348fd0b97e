import { createHash } from "node:crypto";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";

import tar from "tar-stream";

import { SlipwayError } from "../errors.ts";
import type { Descriptor } from "./oci-documents.ts";
import { unpackEntry, type UnpackState } from "./unpack-entry.ts";

export { createUnpackState } from "./unpack-entry.ts";

const maxUnpackedBytes = 2 * 1024 ** 3;
const freeUnpackedBytes = 64 * 1024 ** 2;
const maxRatio = 100;

interface LayerFacts {
  descriptor: Descriptor;
  /** Digest of the tar inside. */
  diffId: string;
  state: UnpackState;
}

/** Unpacks one verified blob below the state's root. Throws IMAGE_UNSAFE, DIGEST_MISMATCH. */
export async function unpackLayer(
  blob: Uint8Array,
  { descriptor, diffId, state }: LayerFacts,
): Promise<void> {
  const hash = createHash("sha256");
  const extract = tar.extract();
  const entries = unpackEntries(extract, state);
  const isGzip = descriptor.mediaType.endsWith("gzip");
  const stream = [Readable.from([blob]), ...(isGzip ? [createGunzip()] : []), meter(blob, hash)];
  const results = await Promise.allSettled([pipeline([...stream, extract]), entries]);
  throwFirst(results, descriptor);
  requireDiffId(`sha256:${hash.digest("hex")}`, diffId);
}

async function unpackEntries(extract: tar.Extract, state: UnpackState): Promise<void> {
  for await (const entry of extract) {
    await unpackEntry(entry, state);
  }
}

function meter(blob: Uint8Array, hash: { update(chunk: Uint8Array): unknown }): Transform {
  const limit = Math.min(maxUnpackedBytes, Math.max(freeUnpackedBytes, blob.byteLength * maxRatio));
  let bytes = 0;
  return new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      bytes += chunk.byteLength;
      hash.update(chunk);
      done(bytes > limit ? bomb(blob.byteLength, limit) : null, chunk);
    },
  });
}

function bomb(packedBytes: number, limit: number): SlipwayError {
  return new SlipwayError(
    "IMAGE_UNSAFE",
    `A layer of ${packedBytes} bytes unpacks to more than ${limit} bytes.`,
    { hint: "Nothing was kept. Find out who built this image." },
  );
}

function throwFirst(results: readonly PromiseSettledResult<void>[], { digest }: Descriptor): void {
  const causes = results.flatMap((result) => (result.status === "rejected" ? [result.reason] : []));
  const expected = causes.find((cause) => cause instanceof SlipwayError);
  if (expected !== undefined) {
    throw expected;
  }
  if (causes.length > 0) {
    throw new SlipwayError("IMAGE_INVALID", `Layer ${digest} is not a readable archive.`, {
      cause: causes[0],
      hint: "Build the image again: npx slipway image --fresh",
    });
  }
}

function requireDiffId(actual: string, expected: string): void {
  if (actual !== expected) {
    throw new SlipwayError(
      "DIGEST_MISMATCH",
      `A layer unpacked to ${actual}; its image promises ${expected}.`,
      { hint: "Nothing was kept. Build the image again: npx slipway image --fresh" },
    );
  }
}
