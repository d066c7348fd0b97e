import { SlipwayError } from "../errors.ts";
import type { Registry } from "../registries/registry.ts";
import { computeDigest } from "./digest.ts";
import type { Descriptor } from "./oci-documents.ts";

const maxBlobBytes = 1024 ** 3;
const hint = "Nothing was unpacked. Build the image again: npx slipway image --fresh";

/** The whole blob, of exactly the size and digest that its descriptor promises. */
export async function fetchBlob(
  registry: Registry,
  repository: string,
  descriptor: Descriptor,
): Promise<Uint8Array> {
  if (descriptor.size > maxBlobBytes) {
    throw new SlipwayError(
      "IMAGE_UNSAFE",
      `Blob ${descriptor.digest} claims ${descriptor.size} bytes; at most ${maxBlobBytes} are read.`,
      { hint },
    );
  }
  const content = await readAll(await registry.readBlob(repository, descriptor.digest), descriptor);
  requireDigest(content, descriptor);
  return content;
}

async function readAll(
  stream: ReadableStream<Uint8Array>,
  { digest, size }: Descriptor,
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of stream) {
    bytes += chunk.byteLength;
    if (bytes > size) {
      break;
    }
    chunks.push(chunk);
  }
  if (bytes !== size) {
    throw new SlipwayError(
      "DIGEST_MISMATCH",
      `Blob ${digest} has ${bytes > size ? "more" : "fewer"} than the ${size} bytes its descriptor names.`,
      { hint },
    );
  }
  return Buffer.concat(chunks);
}

function requireDigest(content: Uint8Array, { digest }: Descriptor): void {
  const actual = computeDigest(content);
  if (actual !== digest) {
    throw new SlipwayError("DIGEST_MISMATCH", `Content of ${digest} has the digest ${actual}.`, {
      hint,
    });
  }
}
