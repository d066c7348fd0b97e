import type { Descriptor } from "../images/oci-documents.ts";
import { createDistributionRegistry } from "./distribution.ts";
import { parseImageReference } from "./distribution/parse-image-reference.ts";
import type { ImagePlace } from "./image-place.ts";
import type { BlobSource, BlobWritten, Registry } from "./registry.ts";

interface BlobWish {
  from: ImagePlace;
  to: ImagePlace;
  blob: Descriptor;
  /** Where the blob may be had when `from` has it not: `docker.io/library/node@sha256:…`. */
  baseName: string | null;
}

/** Sends each blob at most once to a registry, however many repositories want it. */
export interface BlobPool {
  write(wish: BlobWish): Promise<BlobWritten>;
}

export interface PoolOptions {
  /** Name of the registry that is written to; null for a folder. What it has of a base is mounted, not sent. */
  registry: string | null;
  openRegistry?: (name: string) => Registry;
}

/** One for all images that a run publishes to one registry. */
export function createBlobPool({
  registry,
  openRegistry = createDistributionRegistry,
}: PoolOptions): BlobPool {
  /** Repositories that have a blob, or soon will. */
  const holders = new Map<string, Promise<string>>();
  /** Of bases, by name: one sign-in serves all their blobs. */
  const sources = new Map<string, Registry>();

  function openSource(name: string): Registry {
    const source = sources.get(name) ?? openRegistry(name);
    sources.set(name, source);
    return source;
  }

  return {
    async write(wish) {
      const { to, blob } = wish;
      const before = holders.get(blob.digest);
      const mountFrom = (await before?.catch(() => undefined)) ?? planMount(wish, registry);
      const writing = writeBlob(wish, { mountFrom, openSource });
      if (before === undefined || mountFrom === undefined) {
        const holding = writing.then(() => to.repository);
        // Whoever waits for it only wants to know where to mount from; the failure itself is thrown below.
        holding.catch(() => {});
        holders.set(blob.digest, holding);
      }
      return writing;
    },
  };
}

/** The repository of the base, when it lies in the registry that is written to. */
function planMount({ baseName }: BlobWish, registry: string | null): string | undefined {
  const base = baseName === null ? null : parseImageReference(baseName);
  return base?.registry === registry ? base?.repository : undefined;
}

interface BlobOrigins {
  mountFrom: BlobSource["mountFrom"];
  openSource: (name: string) => Registry;
}

async function writeBlob(
  { from, to, blob, baseName }: BlobWish,
  { mountFrom, openSource }: BlobOrigins,
): Promise<BlobWritten> {
  return to.registry.writeBlob(to.repository, blob.digest, {
    sizeBytes: blob.size,
    mountFrom,
    async open() {
      const base = baseName === null ? null : parseImageReference(baseName);
      const isHere = base === null || (await from.registry.hasBlob(from.repository, blob.digest));
      return isHere
        ? from.registry.readBlob(from.repository, blob.digest)
        : openSource(base.registry).readBlob(base.repository, blob.digest);
    },
  });
}
