import type { ServiceNeeds } from "../workspace/service-manifest.ts";

/** One service in a release set: everything a deployment must know, so that it needs no checkout. */
export interface ReleasedService {
  version: string;
  /** Digest of the image manifest, `sha256:…`. */
  digest: string;
  /** Hash of everything that went into the image but its version and commit. */
  imageKey: string;
  /** Migration numbers: the code runs on any schema from `min` to `max`; its migrations lead to `max`. Null without a database. */
  schema: { min: number; max: number } | null;
  needs: ServiceNeeds;
}

/** What was released together. Immutable, named by its content. */
export interface ReleaseSet {
  version: 1;
  /** `set-` and the first 12 hex digits of the hash over all other fields. */
  id: string;
  /** Commit it was built from; ends with `-dirty` when the working tree had changes. */
  commit: string;
  services: Readonly<Record<string, ReleasedService>>;
}
