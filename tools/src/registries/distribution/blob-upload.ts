import type { BlobSource } from "../registry.ts";

export interface BlobUpload {
  repository: string;
  digest: string;
  source: BlobSource;
  /** What is bigger goes in several requests, so that a broken connection does not cost all of it. */
  chunkBytes: number;
}
