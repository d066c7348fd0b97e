import type { Registry } from "./registry.ts";

/** Reads from the first registry what it has, and the rest from the second, which is opened only then. Writes go to the first. */
export function chainRegistries(first: Registry, openSecond: () => Promise<Registry>): Registry {
  let opened: Promise<Registry> | null = null;
  const second = () => (opened ??= openSecond());
  return {
    async readManifest(repository, reference) {
      const found = await first.readManifest(repository, reference);
      return found ?? (await second()).readManifest(repository, reference);
    },
    async readDigest(repository, reference) {
      const found = await first.readDigest(repository, reference);
      return found ?? (await second()).readDigest(repository, reference);
    },
    async readBlob(repository, digest) {
      const isThere = await first.hasBlob(repository, digest);
      return (isThere ? first : await second()).readBlob(repository, digest);
    },
    async hasBlob(repository, digest) {
      const isThere = await first.hasBlob(repository, digest);
      return isThere || (await second()).hasBlob(repository, digest);
    },
    async listReferrers(repository, digest) {
      const found = await first.listReferrers(repository, digest);
      return found.length > 0 ? found : (await second()).listReferrers(repository, digest);
    },
    listTags: (repository) => first.listTags(repository),
    writeBlob: (repository, digest, content) => first.writeBlob(repository, digest, content),
    writeManifest: (repository, content, tag) => first.writeManifest(repository, content, tag),
  };
}
