import type { Descriptor } from "../images/oci-documents.ts";

/**
 * Where images and release sets live. Blobs and manifests are addressed by digest; the reader verifies it.
 * Adapters: `oci-layout.ts` (a folder, OCI image-layout 1.1), `distribution.ts` (a registry, OCI distribution API 1.1).
 */
export interface Registry {
  /** Manifest bytes as stored, or null. `reference` is a digest or a tag. */
  readManifest(repository: string, reference: string): Promise<Uint8Array | null>;
  /** Digest behind a tag or a digest, without reading what it names; null when there is none. */
  readDigest(repository: string, reference: string): Promise<string | null>;
  /** The blob, verified against its digest while it streams. Throws BLOB_MISSING, DIGEST_MISMATCH. */
  readBlob(repository: string, digest: string): Promise<ReadableStream<Uint8Array>>;
  hasBlob(repository: string, digest: string): Promise<boolean>;
  /** Stores a blob unless it is there. Throws DIGEST_MISMATCH when the content is not what the digest names. */
  writeBlob(
    repository: string,
    digest: string,
    content: Uint8Array | BlobSource,
  ): Promise<BlobWritten>;
  /** Stores the bytes as they are and returns their digest; adds the tag if one is given. */
  writeManifest(repository: string, content: Uint8Array, tag?: string): Promise<string>;
  /** All tags, sorted; none for a repository that does not exist. */
  listTags(repository: string): Promise<string[]>;
  /** Manifests whose subject is this digest, with their artifact type, in the order of their digests. */
  listReferrers(repository: string, digest: string): Promise<Referrer[]>;
}

/** A blob that need not fit into memory. */
export interface BlobSource {
  sizeBytes: number;
  /** All bytes from the first on; called again after a broken connection. */
  open: () => Promise<ReadableStream<Uint8Array>>;
  /** A repository of the same registry that may have the blob already, so that nothing need be sent. */
  mountFrom?: string | undefined;
}

/** How a blob came to be there. */
export type BlobWritten = "present" | "mounted" | "sent";

export type Referrer = Descriptor & { artifactType: string };
