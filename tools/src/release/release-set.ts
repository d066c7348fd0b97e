import { Type, type Static } from "typebox";

import { digestPattern } from "../images/digest.ts";
import { ServiceNeeds } from "../workspace/service-manifest.ts";

const Digest = Type.String({ pattern: digestPattern });

/** What images are released for. */
export const imagePlatforms = ["linux/amd64", "linux/arm64"] as const;

export type ImagePlatform = (typeof imagePlatforms)[number];

/** What only a release knows of an image; an image of the working tree has none of it. */
export const PublishedFacts = Type.Object(
  {
    /** Digest of the image of each platform, as `linux/amd64`. */
    platforms: Type.Record(Type.String({ pattern: "^linux/[a-z0-9]+$" }), Digest, {
      additionalProperties: false,
    }),
    /** Digest of the base image as it is pinned: of its index when it has several platforms. */
    baseDigest: Digest,
    /** Digest of the manifest that carries the SBOM; it refers to the image. */
    sbom: Digest,
    /** Digest of the manifest that carries the provenance; it refers to the image. */
    provenance: Digest,
    /** Commit that the image was built from, which may be older than the set's. */
    commit: Type.String({ minLength: 1 }),
    /** What changed with this version, in Markdown; empty when nothing was written. */
    changelog: Type.String(),
  },
  { additionalProperties: false },
);

/** One service in a release set: everything a deployment must know, so that it needs no checkout. Its routes are in `needs`. */
export const ReleasedService = Type.Object(
  {
    version: Type.String({ minLength: 1 }),
    /** Digest of what the version's tag names: an index of all platforms when published, else one manifest. */
    digest: Digest,
    /** Hash of everything that went into the image but its version and commit. */
    imageKey: Digest,
    /** Migration numbers: the code runs on any schema from `min` to `max`; its migrations lead to `max`. Null without a database. */
    schema: Type.Union([
      Type.Object({ min: Type.Integer(), max: Type.Integer() }, { additionalProperties: false }),
      Type.Null(),
    ]),
    needs: ServiceNeeds,
    published: Type.Optional(PublishedFacts),
  },
  { additionalProperties: false },
);

/** What was released together. Immutable, named by its content. */
export const ReleaseSet = Type.Object(
  {
    version: Type.Literal(1),
    /** `set-` and the first 12 hex digits of the hash over all other fields. */
    id: Type.String({ pattern: "^set-[0-9a-f]{12}$" }),
    /** Commit it was built from; ends with `-dirty` when the working tree had changes. */
    commit: Type.String({ minLength: 1 }),
    services: Type.Record(Type.String({ pattern: "^[a-z][a-z0-9-]*$" }), ReleasedService, {
      additionalProperties: false,
    }),
  },
  { additionalProperties: false },
);

export type PublishedFacts = Static<typeof PublishedFacts>;
export type ReleasedService = Static<typeof ReleasedService>;
export type ReleaseSet = Readonly<Static<typeof ReleaseSet>>;
