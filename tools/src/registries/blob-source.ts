import type { BlobSource } from "./registry.ts";

/** Content in memory as a source like any other. */
export function toBlobSource(content: Uint8Array | BlobSource): BlobSource {
  return content instanceof Uint8Array
    ? {
        sizeBytes: content.byteLength,
        open: async () => ReadableStream.from([content]),
      }
    : content;
}
