import { formatRepository } from "./format-repository.ts";
import type { Registry } from "./registry.ts";

/** A registry whose repositories are named by service alone: `events` is `aegee/events`. */
export function belowNamespace(registry: Registry, namespace: string): Registry {
  const name = (repository: string) => formatRepository(namespace, repository);
  return {
    readManifest: (repository, reference) => registry.readManifest(name(repository), reference),
    readDigest: (repository, reference) => registry.readDigest(name(repository), reference),
    readBlob: (repository, digest) => registry.readBlob(name(repository), digest),
    hasBlob: (repository, digest) => registry.hasBlob(name(repository), digest),
    listTags: (repository) => registry.listTags(name(repository)),
    listReferrers: (repository, digest) => registry.listReferrers(name(repository), digest),
    writeBlob: (repository, digest, content) =>
      registry.writeBlob(name(repository), digest, content),
    writeManifest: (repository, content, tag) =>
      registry.writeManifest(name(repository), content, tag),
  };
}
