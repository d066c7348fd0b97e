import type { KeyObject } from "node:crypto";

import { writeArtifact } from "../images/write-artifact.ts";
import type { ImagePlace } from "../registries/image-place.ts";
import { artifactTypes } from "./artifact-types.ts";
import type { AttestedImage } from "./attested-image.ts";
import { formatProvenance } from "./format-provenance.ts";
import { formatSbom } from "./format-sbom.ts";
import { signStatement } from "./sign-statement.ts";

/** Digests of the artifacts that refer to the image. */
export interface Attestations {
  sbom: string;
  provenance: string;
  /** Null where no key is configured. */
  signature: string | null;
}

/** Writes an image's SBOM and provenance beside it; with a key, the provenance once more, signed. */
export async function attachAttestations(
  place: ImagePlace,
  image: AttestedImage,
  key: KeyObject | null,
): Promise<Attestations> {
  const { descriptor: subject } = image;
  const statement = formatProvenance(image);
  const annotations = { "org.opencontainers.image.version": image.version };
  const about = { subject, annotations };
  const attach = async (type: string, content: Uint8Array) =>
    writeArtifact(place, { type, content, ...about });
  return {
    sbom: await attach(artifactTypes.sbom, formatSbom(image)),
    provenance: await attach(artifactTypes.provenance, statement),
    signature:
      key === null ? null : await attach(artifactTypes.signature, signStatement(statement, key)),
  };
}
