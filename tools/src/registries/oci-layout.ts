import { createHash, randomBytes } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { access, mkdir, readFile, rename, rm } from "node:fs/promises";
import path from "node:path";
import { pipeline } from "node:stream/promises";

import { SlipwayError } from "../errors.ts";
import { computeDigest, isDigest } from "../images/digest.ts";
import { hasCode } from "../workspace/has-code.ts";
import { blobPath } from "./blob-path.ts";
import { readLayoutTags, readTaggedDigest, writeIndexEntry } from "./oci-layout-index.ts";
import { readLayoutReferrers } from "./oci-layout-referrers.ts";
import { parseRepository } from "./parse-repository.ts";
import type { BlobSource, BlobWritten, Registry } from "./registry.ts";
import { writeFileAtomically } from "./write-file-atomically.ts";

/**
 * A folder of OCI image layouts (image-spec 1.1), one a repository: `<folder>/<repository>/{oci-layout,index.json,blobs}`.
 * Each is complete by itself, so `skopeo copy oci:<folder>/<repository>:<tag> …` reads it.
 */
export function createOciLayoutRegistry(folder: string): Registry {
  const layout = (repository: string) => path.join(folder, parseRepository(repository));

  return {
    async readManifest(repository, reference) {
      const digest = isDigest(reference)
        ? reference
        : await readTaggedDigest(layout(repository), reference);
      return digest === null
        ? null
        : readManifestBlob(blobPath(layout(repository), digest), digest);
    },
    async readDigest(repository, reference) {
      return findDigest(layout(repository), reference);
    },
    async readBlob(repository, digest) {
      const file = blobPath(layout(repository), digest);
      await access(file).catch((cause: unknown) => {
        throw new SlipwayError(
          "BLOB_MISSING",
          `${digest} is not in the image folder ${repository}.`,
          {
            cause,
            hint: `Build the image again: npx slipway image ${repository}`,
          },
        );
      });
      return ReadableStream.from(verify(createReadStream(file), digest));
    },
    async hasBlob(repository, digest) {
      return access(blobPath(layout(repository), digest)).then(
        () => true,
        () => false,
      );
    },
    async writeBlob(repository, digest, content) {
      return content instanceof Uint8Array
        ? writeBlobBytes(layout(repository), digest, content)
        : writeBlobStream(layout(repository), digest, content);
    },
    async writeManifest(repository, content, tag) {
      const digest = computeDigest(content);
      await writeBlobFile(layout(repository), digest, content);
      await writeIndexEntry(layout(repository), content, tag);
      return digest;
    },
    async listTags(repository) {
      return readLayoutTags(layout(repository));
    },
    async listReferrers(repository, digest) {
      return readLayoutReferrers(layout(repository), digest);
    },
  };
}

async function findDigest(layout: string, reference: string): Promise<string | null> {
  const digest = isDigest(reference) ? reference : await readTaggedDigest(layout, reference);
  if (digest === null) return null;
  return access(blobPath(layout, digest)).then(
    () => digest,
    () => null,
  );
}

async function readManifestBlob(file: string, digest: string): Promise<Uint8Array | null> {
  try {
    const content = await readFile(file);
    requireDigest(content, digest);
    return content;
  } catch (error) {
    if (hasCode(error, "ENOENT")) {
      return null;
    }
    throw error;
  }
}

async function* verify(
  chunks: AsyncIterable<Uint8Array>,
  digest: string,
): AsyncGenerator<Uint8Array> {
  const hash = createHash("sha256");
  for await (const chunk of chunks) {
    hash.update(chunk);
    yield chunk;
  }
  requireSameDigest(`sha256:${hash.digest("hex")}`, digest);
}

function requireDigest(content: Uint8Array, digest: string): void {
  requireSameDigest(computeDigest(content), digest);
}

function requireSameDigest(actual: string, expected: string): void {
  if (actual !== expected) {
    throw new SlipwayError("DIGEST_MISMATCH", `Content of ${expected} has the digest ${actual}.`, {
      hint: "The stored image is damaged. Build it again: npx slipway image --fresh",
    });
  }
}

async function writeBlobBytes(
  layout: string,
  digest: string,
  content: Uint8Array,
): Promise<BlobWritten> {
  requireDigest(content, digest);
  if (await isWhole(blobPath(layout, digest), digest)) {
    return "present";
  }
  await writeBlobFile(layout, digest, content);
  return "sent";
}

async function writeBlobStream(
  layout: string,
  digest: string,
  { open }: BlobSource,
): Promise<BlobWritten> {
  const file = blobPath(layout, digest);
  if (await isWhole(file, digest)) {
    return "present";
  }
  await mkdir(path.dirname(file), { recursive: true });
  const temporary = `${file}.${process.pid}-${randomBytes(4).toString("hex")}.tmp`;
  try {
    await pipeline(await open(), (chunks) => verify(chunks, digest), createWriteStream(temporary));
    await rename(temporary, file);
  } finally {
    await rm(temporary, { force: true });
  }
  return "sent";
}

/** A damaged blob is as good as none: writing it again mends it. */
async function isWhole(file: string, digest: string): Promise<boolean> {
  const hash = createHash("sha256");
  try {
    await pipeline(createReadStream(file), hash);
  } catch (error) {
    if (hasCode(error, "ENOENT")) {
      return false;
    }
    throw error;
  }
  return `sha256:${hash.digest("hex")}` === digest;
}

async function writeBlobFile(layout: string, digest: string, content: Uint8Array): Promise<void> {
  const file = blobPath(layout, digest);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFileAtomically(file, content);
}
