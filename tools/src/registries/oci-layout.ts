import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { access, mkdir, readFile } from "node:fs/promises";
import path from "node:path";

import { SlipwayError } from "../errors.ts";
import { computeDigest, isDigest } from "../images/digest.ts";
import { hasCode } from "../workspace/has-code.ts";
import { readTaggedDigest, writeIndexEntry } from "./oci-layout-index.ts";
import { parseRepository } from "./parse-repository.ts";
import type { Registry } from "./registry.ts";
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
      return ReadableStream.from(readVerified(file, digest));
    },
    async hasBlob(repository, digest) {
      return access(blobPath(layout(repository), digest)).then(
        () => true,
        () => false,
      );
    },
    async writeBlob(repository, digest, content) {
      requireDigest(content, digest);
      await writeBlobFile(layout(repository), digest, content);
    },
    async writeManifest(repository, content, tag) {
      const digest = computeDigest(content);
      await writeBlobFile(layout(repository), digest, content);
      await writeIndexEntry(layout(repository), content, tag);
      return digest;
    },
  };
}

/** Where a layout keeps a blob; the digest has been checked, so it cannot lead elsewhere. */
export function blobPath(layout: string, digest: string): string {
  if (!isDigest(digest)) {
    throw new SlipwayError("IMAGE_INVALID", `${JSON.stringify(digest)} is not a digest.`, {
      hint: "Expected sha256: and 64 hexadecimal digits.",
    });
  }
  return path.join(layout, "blobs", "sha256", digest.slice("sha256:".length));
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

async function* readVerified(file: string, digest: string): AsyncGenerator<Uint8Array> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(file)) {
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

async function writeBlobFile(layout: string, digest: string, content: Uint8Array): Promise<void> {
  const file = blobPath(layout, digest);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFileAtomically(file, content);
}
