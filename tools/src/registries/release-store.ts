import { fetchBlob } from "../images/fetch-blob.ts";
import { labels } from "../images/labels.ts";
import {
  ImageConfig,
  ImageIndex,
  ImageManifest,
  isIndex,
  parseDocument,
} from "../images/oci-documents.ts";
import type { ReleaseStore, StoredLabels } from "../release/release-ports.ts";
import { readReleaseSet, writeReleaseSet } from "../release/release-set-store.ts";
import { formatRepository } from "./format-repository.ts";
import type { Registry } from "./registry.ts";
import { tagImage } from "./tag-image.ts";

export interface StorePlace {
  registry: Registry;
  /** Before the names of services: `aegee`; empty where there is none. */
  namespace: string;
}

const setRepository = "release-sets";
const counted = /^n(\d{9})-(set-[0-9a-f]{12})$/u;

/** What a release reads and writes of a registry, over the port that every registry has. */
export function createReleaseStore({ registry, namespace }: StorePlace): ReleaseStore {
  const repository = (service: string) => formatRepository(namespace, service);
  const sets = { registry, repository: repository(setRepository) };
  return {
    async checkAccess(services) {
      await Promise.all(services.map((service) => registry.listTags(repository(service))));
    },
    listVersions: (service) => registry.listTags(repository(service)),
    readDigest: (service, reference) => registry.readDigest(repository(service), reference),
    readLabels: (service, digest) => readLabels(registry, repository(service), digest),
    putTag: (service, digest, tag) =>
      tagImage({ registry, repository: repository(service) }, digest, tag),
    async readNewestSet() {
      const newest = chooseNewest(await registry.listTags(sets.repository));
      return newest === null ? null : readReleaseSet(sets, newest);
    },
    async putSet(set, sequence) {
      await writeReleaseSet(sets, set, sequence === null ? [] : [formatCounted(sequence, set.id)]);
    },
  };
}

/** A tag that sorts: the newest set needs no pointer that could be moved back. */
export function formatCounted(sequence: number, id: string): string {
  return `n${String(sequence).padStart(9, "0")}-${id}`;
}

/** Name of the set that the release branch made last; null before the first. */
export function chooseNewest(tags: readonly string[]): string | null {
  const newest = tags
    .filter((tag) => counted.test(tag))
    .toSorted()
    .at(-1);
  return newest === undefined ? null : (counted.exec(newest)?.[2] ?? null);
}

/** Of an image for several platforms those of the first: all are made of the same. */
async function readLabels(
  registry: Registry,
  repository: string,
  digest: string,
): Promise<StoredLabels> {
  const bytes = await registry.readManifest(repository, digest);
  if (bytes === null) return { version: null, imageKey: null };
  if (isIndex(bytes)) {
    const [first] = parseDocument(ImageIndex, bytes, `${repository}@${digest}`).manifests;
    if (first === undefined) return { version: null, imageKey: null };
    return readLabels(registry, repository, first.digest);
  }
  const manifest = parseDocument(ImageManifest, bytes, `${repository}@${digest}`);
  const config = parseDocument(
    ImageConfig,
    await fetchBlob(registry, repository, manifest.config),
    `Configuration of ${repository}@${digest}`,
  );
  const found = config.config.Labels ?? {};
  return { version: found[labels.version] ?? null, imageKey: found[labels.imageKey] ?? null };
}
