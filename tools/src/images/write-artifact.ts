import type { ImagePlace } from "../registries/image-place.ts";
import { computeDigest } from "./digest.ts";
import { emptyDescriptor, mediaTypes, type Descriptor } from "./oci-documents.ts";

/** Something in a registry that is no image: one blob and what it is. */
export interface Artifact {
  /** Of the artifact and of its blob. */
  type: string;
  content: Uint8Array;
  /** What it speaks of. */
  subject?: Descriptor;
  annotations?: Readonly<Record<string, string>>;
}

/** The artifact's manifest: its digest names the artifact. */
export function formatArtifact({ type, content, subject, annotations }: Artifact): Uint8Array {
  const layer = { mediaType: type, digest: computeDigest(content), size: content.byteLength };
  const manifest = {
    schemaVersion: 2,
    mediaType: mediaTypes.manifest,
    artifactType: type,
    config: emptyDescriptor,
    layers: [layer],
    ...(subject !== undefined && { subject: pickAddress(subject) }),
    ...(annotations !== undefined && { annotations }),
  };
  return new TextEncoder().encode(JSON.stringify(manifest));
}

/** Stores an artifact and returns its digest; what is there is not sent again. */
export async function writeArtifact(
  { registry, repository }: ImagePlace,
  artifact: Artifact,
  tag?: string,
): Promise<string> {
  const { content } = artifact;
  await registry.writeBlob(repository, emptyDescriptor.digest, new TextEncoder().encode("{}"));
  await registry.writeBlob(repository, computeDigest(content), content);
  return registry.writeManifest(repository, formatArtifact(artifact), tag);
}

function pickAddress({ mediaType, digest, size }: Descriptor) {
  return { mediaType, digest, size };
}
