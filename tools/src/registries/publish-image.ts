import { requireAttested } from "../attest/require-attested.ts";
import { listImageParts, type ImagePart } from "../images/list-image-parts.ts";
import { mapBounded } from "../images/map-bounded.ts";
import type { Descriptor } from "../images/oci-documents.ts";
import type { BlobPool } from "./blob-pool.ts";
import type { ImagePlace } from "./image-place.ts";
import type { BlobWritten } from "./registry.ts";

export interface PublishRequest {
  from: ImagePlace;
  to: ImagePlace;
  /** Of the image: an index, or one manifest. */
  digest: string;
  /** Shared by all images that one run publishes to this registry. */
  pool: BlobPool;
  /** Without a signature nothing is published. */
  isSigned?: boolean;
  onProgress?: (event: PublishProgress) => void;
}

export interface PublishProgress {
  repository: string;
  digest: string;
  kind: "blob" | "manifest";
  how: BlobWritten;
  sizeBytes: number;
}

export interface PublishedImage {
  digest: string;
  /** Bytes of blobs and manifests that were sent. */
  sentBytes: number;
  /** Bytes that were there or came by mounting. */
  savedBytes: number;
}

const parallelBlobs = 8;

/**
 * Copies an image with its platforms and what refers to it, by digest: nobody sees it before a tag names it.
 * Doing it again sends nothing. Throws ATTESTATION_MISSING before the first byte is sent.
 */
export async function publishImage(request: PublishRequest): Promise<PublishedImage> {
  const { from, digest } = request;
  const referrers = await from.registry.listReferrers(from.repository, digest);
  requireAttested(request, referrers);
  const parts = await listImageParts(from, digest);
  const artifacts = await Promise.all(referrers.map((each) => listImageParts(from, each.digest)));
  const all = [...parts, ...artifacts.flat()];
  const blobs = await mapBounded(listBlobs(all), parallelBlobs, (blob) => sendBlob(request, blob));
  const manifests: PublishProgress[] = [];
  for (const part of all) {
    // One after another: each names only what is there, and what refers to an image shares one list.
    manifests.push(await sendManifest(request, part));
  }
  return { digest, ...sumUp([...blobs, ...manifests]) };
}

/** Each blob once, with the base it may come from. */
function listBlobs(parts: readonly ImagePart[]): (Descriptor & Pick<ImagePart, "baseName">)[] {
  const found = parts.flatMap(({ blobs, baseName }) =>
    blobs.map(({ mediaType, digest, size }) => ({ mediaType, digest, size, baseName })),
  );
  return [...new Map(found.map((each) => [each.digest, each])).values()];
}

async function sendBlob(
  { from, to, pool, onProgress }: PublishRequest,
  blob: Descriptor & Pick<ImagePart, "baseName">,
): Promise<PublishProgress> {
  const how = await pool.write({ from, to, blob, baseName: blob.baseName });
  const { digest, size: sizeBytes } = blob;
  const event = { repository: to.repository, digest, kind: "blob", how, sizeBytes } as const;
  onProgress?.(event);
  return event;
}

async function sendManifest(
  { to, onProgress }: PublishRequest,
  { digest, content }: ImagePart,
): Promise<PublishProgress> {
  const isThere = (await to.registry.readDigest(to.repository, digest)) !== null;
  if (!isThere) {
    await to.registry.writeManifest(to.repository, content);
  }
  const event = {
    repository: to.repository,
    digest,
    kind: "manifest",
    how: isThere ? "present" : "sent",
    sizeBytes: content.byteLength,
  } as const;
  onProgress?.(event);
  return event;
}

function sumUp(events: readonly PublishProgress[]) {
  const bytes = (isSent: boolean) =>
    events
      .filter(({ how }) => (how === "sent") === isSent)
      .reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  return { sentBytes: bytes(true), savedBytes: bytes(false) };
}
