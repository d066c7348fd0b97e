import { createHash } from "node:crypto";

import { SlipwayError } from "../../errors.ts";
import { refuseAnswer } from "./refuse-answer.ts";
import type { RegistryClient } from "./registry-client.ts";
import { discardBody, type HttpAnswer } from "./send-request.ts";

interface BlobAddress {
  repository: string;
  digest: string;
}

const maxCuts = 4;

/** The blob's bytes; a connection that breaks is taken up where it broke, and the whole must have the digest. */
export async function readRemoteBlob(
  client: RegistryClient,
  address: BlobAddress,
): Promise<ReadableStream<Uint8Array>> {
  // Asked for before the stream is handed out, so that a missing blob is known at once.
  const first = await requestBlob(client, address, 0);
  return ReadableStream.from(readVerified(client, address, first));
}

async function* readVerified(
  client: RegistryClient,
  address: BlobAddress,
  first: HttpAnswer,
): AsyncGenerator<Uint8Array> {
  const hash = createHash("sha256");
  let bytes = 0;
  let answer = first;
  for (let cuts = 0; ; cuts += 1) {
    try {
      for await (const chunk of skipBytes(answer, answer.status === 206 ? 0 : bytes)) {
        bytes += chunk.byteLength;
        hash.update(chunk);
        yield chunk;
      }
      break;
    } catch (cause) {
      if (cuts === maxCuts) {
        throw reportCut(client, address, { bytes, cause });
      }
      await client.patience.wait(250 * 2 ** cuts);
      answer = await requestBlob(client, address, bytes);
    }
  }
  requireSameDigest(client, address, `sha256:${hash.digest("hex")}`);
}

async function requestBlob(
  client: RegistryClient,
  { repository, digest }: BlobAddress,
  from: number,
): Promise<HttpAnswer> {
  const answer = await client.send({
    method: "GET",
    repository,
    actions: "pull",
    to: `blobs/${digest}`,
    headers: { accept: "*/*", ...(from > 0 && { range: `bytes=${from}-` }) },
  });
  const isRest =
    answer.status === 206 && answer.headers["content-range"]?.startsWith(`bytes ${from}-`) === true;
  if (answer.status === 200 || isRest) {
    return answer;
  }
  if (answer.status === 404) {
    await discardBody(answer);
    throw new SlipwayError(
      "BLOB_MISSING",
      `${digest} is not in ${repository} of the registry ${client.name}.`,
      { hint: "The registry has lost a part of the image. Pin another digest, or push it again." },
    );
  }
  throw await refuseAnswer(client.name, `GET of blob ${digest} of ${repository}`, answer);
}

/** The body without what was read from an earlier answer, for registries that ignore Range. */
async function* skipBytes(answer: HttpAnswer, count: number): AsyncGenerator<Uint8Array> {
  let left = count;
  for await (const chunk of answer.body) {
    const part: Uint8Array = chunk;
    const rest = part.subarray(Math.min(left, part.byteLength));
    left -= part.byteLength - rest.byteLength;
    if (rest.byteLength > 0) {
      yield rest;
    }
  }
}

function requireSameDigest(client: RegistryClient, address: BlobAddress, actual: string): void {
  if (actual !== address.digest) {
    throw new SlipwayError(
      "DIGEST_MISMATCH",
      `The registry ${client.name} sent content of ${address.digest} that has the digest ${actual}.`,
      { hint: "Nothing of it is kept. The registry, or something on the way, changed it." },
    );
  }
}

function reportCut(
  { name }: RegistryClient,
  { digest }: BlobAddress,
  { bytes, cause }: { bytes: number; cause: unknown },
): SlipwayError {
  return new SlipwayError(
    "REGISTRY_UNREACHABLE",
    `The registry ${name} broke off ${digest} ${maxCuts + 1} times, the last time after ${bytes} bytes.`,
    { cause, hint: "Nothing of it is kept. Look at the network and try again." },
  );
}
