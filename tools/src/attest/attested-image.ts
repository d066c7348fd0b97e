import type { Descriptor } from "../images/oci-documents.ts";
import type { ImagePlatform } from "../release/release-set.ts";

export interface AttestedPackage {
  name: string;
  version: string;
  /** As its package.json says it: an SPDX expression, or anything else. */
  license: string | null;
}

/** What there is to say of a built image: the ground for its SBOM and its provenance. */
export interface AttestedImage {
  service: string;
  version: string;
  description: string;
  commit: string;
  /** Of the index. */
  descriptor: Descriptor;
  platforms: Readonly<Partial<Record<ImagePlatform, string>>>;
  imageKey: string;
  base: { name: string; digest: string };
  /** Those whose code is in the image. */
  packages: readonly AttestedPackage[];
  /** Digest of package-lock.json. */
  lockDigest: string;
  /** `rolldown 1.2.19` */
  bundler: string;
  builderVersion: number;
}
