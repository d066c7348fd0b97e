import { setTimeout as wait } from "node:timers/promises";

import { Type } from "typebox";

import { SlipwayError } from "../errors.ts";
import { computeDigest, isDigest } from "../images/digest.ts";
import { ImageManifest, isIndex, parseDocument } from "../images/oci-documents.ts";
import { toBlobSource } from "./blob-source.ts";
import { readDockerCredentials, type Credentials } from "./distribution/docker-credentials.ts";
import { listPages } from "./distribution/list-pages.ts";
import { readRemoteBlob } from "./distribution/read-remote-blob.ts";
import { createRegistryClient, type RegistryClient } from "./distribution/registry-client.ts";
import {
  readRemoteDigest,
  readRemoteManifest,
  writeRemoteManifest,
} from "./distribution/remote-manifest.ts";
import {
  isFallbackTag,
  linkReferrer,
  listRemoteReferrers,
} from "./distribution/remote-referrers.ts";
import type { Patience } from "./distribution/retry-request.ts";
import { hasRemoteBlob, writeRemoteBlob } from "./distribution/write-remote-blob.ts";
import { parseRepository } from "./parse-repository.ts";
import type { Registry } from "./registry.ts";

export interface DistributionOptions extends Partial<Patience> {
  /** Asked only when the registry wants a sign-in. What `docker login` left, when absent. */
  readCredentials?: () => Promise<Credentials | null>;
  /** A bigger blob goes in several requests, each of them this big. */
  chunkBytes?: number;
}

const defaultIdleMs = 30_000;
const defaultChunkBytes = 33_554_432;
const TagPage = Type.Object({ tags: Type.Union([Type.Array(Type.String()), Type.Null()]) });

/**
 * A registry that speaks the OCI distribution API 1.1, by the name people write: `docker.io`, `ghcr.io`,
 * `localhost:5000`. HTTPS only, but for this machine. Throws REGISTRY_UNREACHABLE, REGISTRY_DENIED,
 * REGISTRY_FAILED, REGISTRY_UNSAFE.
 */
export function createDistributionRegistry(
  name: string,
  options: DistributionOptions = {},
): Registry {
  const client = createRegistryClient(name, {
    patience: { idleMs: options.idleMs ?? defaultIdleMs, wait: options.wait ?? wait },
    readCredentials: options.readCredentials ?? (() => readDockerCredentials(name)),
  });

  return {
    async readManifest(repository, reference) {
      return readRemoteManifest(client, { repository: parseRepository(repository), reference });
    },
    async readDigest(repository, reference) {
      return readRemoteDigest(client, { repository: parseRepository(repository), reference });
    },
    async readBlob(repository, digest) {
      return readRemoteBlob(client, parseAddress(repository, digest));
    },
    async hasBlob(repository, digest) {
      return hasRemoteBlob(client, parseAddress(repository, digest), "pull");
    },
    async writeBlob(repository, digest, content) {
      const address = parseAddress(repository, digest);
      if (content instanceof Uint8Array) {
        requireDigest(content, digest);
      }
      const chunkBytes = options.chunkBytes ?? defaultChunkBytes;
      return writeRemoteBlob(client, { ...address, source: toBlobSource(content), chunkBytes });
    },
    async writeManifest(repository, content, tag) {
      const digest = computeDigest(content);
      const address = { repository: parseRepository(repository), reference: tag ?? digest };
      await writeRemoteManifest(client, address, content);
      await linkSubject(client, address.repository, content);
      return digest;
    },
    async listTags(repository) {
      const pages = await listPages(client, {
        repository: parseRepository(repository),
        to: "tags/list?n=1000",
        schema: TagPage,
      });
      const tags = (pages ?? []).flatMap((page) => page.tags ?? []);
      return tags.filter((tag) => !isFallbackTag(tag)).toSorted();
    },
    async listReferrers(repository, digest) {
      return listRemoteReferrers(client, parseAddress(repository, digest));
    },
  };
}

async function linkSubject(client: RegistryClient, repository: string, content: Uint8Array) {
  if (isIndex(content)) {
    return;
  }
  const manifest = parseDocument(ImageManifest, content, "The manifest to store");
  if (manifest.subject !== undefined) {
    await linkReferrer(
      client,
      { repository, digest: manifest.subject.digest },
      { content, manifest },
    );
  }
}

function requireDigest(content: Uint8Array, digest: string): void {
  const actual = computeDigest(content);
  if (actual !== digest) {
    throw new SlipwayError("DIGEST_MISMATCH", `Content of ${digest} has the digest ${actual}.`, {
      hint: "Nothing was sent. Build the image again: npx slipway image --fresh",
    });
  }
}

function parseAddress(repository: string, digest: string) {
  if (!isDigest(digest)) {
    throw new SlipwayError("IMAGE_INVALID", `${JSON.stringify(digest)} is not a digest.`, {
      hint: "Expected sha256: and 64 hexadecimal digits.",
    });
  }
  return { repository: parseRepository(repository), digest };
}
