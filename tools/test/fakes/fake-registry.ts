import { buffer } from "node:stream/consumers";

import { SlipwayError } from "../../src/errors.ts";
import { computeDigest, isDigest } from "../../src/images/digest.ts";
import { ImageManifest, isIndex, parseDocument } from "../../src/images/oci-documents.ts";
import { parseRepository } from "../../src/registries/parse-repository.ts";
import type { Referrer, Registry } from "../../src/registries/registry.ts";

export interface FakeWrite {
  kind: "blob" | "manifest" | "tag";
  repository: string;
  /** Digest, or the tag. */
  name: string;
  /** `before` nothing has happened yet; `after` it has. */
  moment: "before" | "after";
}

export interface FakeRegistry extends Registry {
  /** Everything written, in order. */
  writes: FakeWrite[];
}

/** A registry in memory. `onWrite` is told of each write before and after it; what it throws ends the write there. */
export function createFakeRegistry(onWrite?: (write: FakeWrite) => void): FakeRegistry {
  const blobs = new Map<string, Uint8Array>();
  const manifests = new Map<string, Uint8Array>();
  const tags = new Map<string, string>();
  const writes: FakeWrite[] = [];

  function write(facts: Omit<FakeWrite, "moment">, apply: () => void): void {
    onWrite?.({ ...facts, moment: "before" });
    apply();
    const after = { ...facts, moment: "after" } as const;
    writes.push(after);
    onWrite?.(after);
  }

  return {
    writes,
    async readManifest(repository, reference) {
      const digest = isDigest(reference) ? reference : tags.get(`${repository}:${reference}`);
      return manifests.get(`${repository}@${digest}`) ?? null;
    },
    async readDigest(repository, reference) {
      const digest = isDigest(reference) ? reference : tags.get(`${repository}:${reference}`);
      return digest !== undefined && manifests.has(`${repository}@${digest}`) ? digest : null;
    },
    async readBlob(repository, digest) {
      const content = blobs.get(addressOf(repository, digest));
      if (content === undefined) {
        throw new SlipwayError("BLOB_MISSING", `${digest} is not in ${repository}.`);
      }
      return ReadableStream.from([content]);
    },
    async hasBlob(repository, digest) {
      return blobs.has(addressOf(repository, digest));
    },
    async writeBlob(repository, digest, content) {
      if (blobs.has(addressOf(repository, digest))) {
        return "present";
      }
      const bytes =
        content instanceof Uint8Array
          ? content
          : new Uint8Array(await buffer(await content.open()));
      if (computeDigest(bytes) !== digest) {
        throw new SlipwayError("DIGEST_MISMATCH", `Content of ${digest} has another digest.`);
      }
      const address = addressOf(repository, digest);
      write({ kind: "blob", repository, name: digest }, () => blobs.set(address, bytes));
      return "sent";
    },
    async writeManifest(repository, content, tag) {
      const digest = computeDigest(content);
      const address = addressOf(repository, digest);
      if (!manifests.has(address)) {
        write({ kind: "manifest", repository, name: digest }, () =>
          manifests.set(address, content),
        );
      }
      if (tag !== undefined) {
        write({ kind: "tag", repository, name: tag }, () =>
          tags.set(`${repository}:${tag}`, digest),
        );
      }
      return digest;
    },
    async listTags(repository) {
      const start = `${parseRepository(repository)}:`;
      const found = [...tags.keys()].filter((key) => key.startsWith(start));
      return found.map((key) => key.slice(start.length)).toSorted();
    },
    async listReferrers(repository, digest) {
      const start = `${parseRepository(repository)}@`;
      return [...manifests]
        .filter(([key]) => key.startsWith(start))
        .flatMap(([, content]) => findReferrer(content, digest))
        .toSorted((a, b) => (a.digest < b.digest ? -1 : 1));
    },
  };
}

function addressOf(repository: string, digest: string): string {
  if (!isDigest(digest)) {
    throw new SlipwayError("IMAGE_INVALID", `${JSON.stringify(digest)} is not a digest.`);
  }
  return `${parseRepository(repository)}@${digest}`;
}

function findReferrer(content: Uint8Array, subject: string): Referrer[] {
  if (isIndex(content)) {
    return [];
  }
  const manifest = parseDocument(ImageManifest, content, "A manifest");
  const { mediaType = "", artifactType = "", annotations = {} } = manifest;
  const digest = computeDigest(content);
  return manifest.subject?.digest === subject
    ? [{ mediaType, digest, size: content.byteLength, artifactType, annotations }]
    : [];
}
