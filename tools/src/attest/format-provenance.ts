import type { AttestedImage } from "./attested-image.ts";

/** in-toto's statement v1 with SLSA's provenance v1: which commit, base, and packages the image was made of. */
export function formatProvenance(image: AttestedImage): Uint8Array {
  const statement = {
    _type: "https://in-toto.io/Statement/v1",
    subject: [
      describeSubject(image.service, image.descriptor.digest),
      ...Object.entries(image.platforms).map(([platform, digest]) =>
        describeSubject(`${image.service} ${platform}`, digest),
      ),
    ],
    predicateType: "https://slsa.dev/provenance/v1",
    predicate: {
      buildDefinition: {
        buildType: "https://github.com/AEGEE/slipway/image/v1",
        externalParameters: {
          service: image.service,
          version: image.version,
          platforms: Object.keys(image.platforms),
        },
        internalParameters: { imageKey: image.imageKey, bundler: image.bundler },
        resolvedDependencies: [
          { name: "source", digest: { gitCommit: image.commit } },
          { name: image.base.name, digest: toDigestSet(image.base.digest) },
          { name: "package-lock.json", digest: toDigestSet(image.lockDigest) },
        ],
      },
      runDetails: {
        builder: {
          id: "https://github.com/AEGEE/slipway",
          version: { slipway: String(image.builderVersion) },
        },
      },
    },
  };
  return new TextEncoder().encode(JSON.stringify(statement));
}

function describeSubject(name: string, digest: string) {
  return { name, digest: toDigestSet(digest) };
}

function toDigestSet(digest: string) {
  return { sha256: digest.slice("sha256:".length) };
}
