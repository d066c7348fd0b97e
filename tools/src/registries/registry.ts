/**
 * Where images and release sets live. Blobs and manifests are addressed by digest; the reader verifies it.
 * Adapters: `oci-layout.ts` (a folder, OCI image-layout 1.1), `distribution.ts` (a registry, OCI distribution API 1.1).
 */
export interface Registry {
  /** Manifest bytes as stored, or null. `reference` is a digest or a tag. */
  readManifest(repository: string, reference: string): Promise<Uint8Array | null>;
  /** The blob, verified against its digest while it streams. Throws BLOB_MISSING, DIGEST_MISMATCH. */
  readBlob(repository: string, digest: string): Promise<ReadableStream<Uint8Array>>;
  hasBlob(repository: string, digest: string): Promise<boolean>;
  writeBlob(repository: string, digest: string, content: Uint8Array): Promise<void>;
  /** Stores the bytes as they are and returns their digest; adds the tag if one is given. */
  writeManifest(repository: string, content: Uint8Array, tag?: string): Promise<string>;
}
