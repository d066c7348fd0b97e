import type { BlobUpload } from "./blob-upload.ts";
import type { UploadSession } from "./open-upload.ts";
import type { RegistryClient } from "./registry-client.ts";
import { planDelayMs } from "./retry-request.ts";
import { discardBody, type HttpAnswer } from "./send-request.ts";
import { splitChunks } from "./split-chunks.ts";
import { toNetworkError } from "./to-network-error.ts";

const octets = { "content-type": "application/octet-stream" };
const maxCuts = 4;

/** The answer to the last request of the upload: 201 when the blob is stored. */
export async function sendContent(
  client: RegistryClient,
  upload: BlobUpload,
  session: UploadSession,
): Promise<HttpAnswer> {
  const chunkBytes = Math.max(upload.chunkBytes, session.minChunkBytes);
  const stream = await upload.source.open();
  let { location } = session;
  let start = 0;
  if (upload.source.sizeBytes > chunkBytes) {
    for await (const content of splitChunks(stream, chunkBytes)) {
      const outcome = await sendChunk(client, upload, { location, start, content });
      if (!(outcome instanceof URL)) {
        return outcome;
      }
      location = outcome;
      start += content.byteLength;
    }
    return finish(client, upload, { location, content: Buffer.alloc(0) });
  }
  return finish(client, upload, { location, content: await readAll(stream) });
}

interface Chunk {
  location: URL;
  /** Offset of its first byte in the blob. */
  start: number;
  content: Uint8Array;
}

/** Where the upload goes on, or the answer of a registry that does not go on. */
async function sendChunk(
  client: RegistryClient,
  upload: BlobUpload,
  chunk: Chunk,
): Promise<URL | HttpAnswer> {
  const end = chunk.start + chunk.content.byteLength;
  let { location } = chunk;
  let sent = chunk.start;
  for (let cuts = 0; sent < end; cuts += 1) {
    const rest = chunk.content.subarray(sent - chunk.start);
    const outcome = await patch(client, upload, { location, start: sent, content: rest }).catch(
      toNetworkError,
    );
    if (!(outcome instanceof Error) && outcome.status === 202) {
      await discardBody(outcome);
      return readLocation(outcome, location);
    }
    if (!isPassing(outcome) || cuts === maxCuts) {
      return giveUp(outcome);
    }
    await client.patience.wait(planDelayMs(outcome, cuts + 1));
    const progress = await readProgress(client, upload, location);
    if (progress === null || progress.sent < chunk.start || progress.sent > end) {
      return giveUp(outcome);
    }
    ({ location, sent } = progress);
  }
  return location;
}

function patch(
  client: RegistryClient,
  { repository }: BlobUpload,
  { location, start, content }: Chunk,
): Promise<HttpAnswer> {
  return client.send({
    method: "PATCH",
    repository,
    actions: "pull,push",
    to: location,
    headers: { ...octets, "content-range": `${start}-${start + content.byteLength - 1}` },
    body: content,
    isRepeatable: false,
  });
}

/** 416 means that the registry has another part of the blob than we think. */
function isPassing(outcome: HttpAnswer | Error): boolean {
  return outcome instanceof Error || [416, 429].includes(outcome.status) || outcome.status >= 500;
}

function giveUp(outcome: HttpAnswer | Error): HttpAnswer {
  if (outcome instanceof Error) {
    throw outcome;
  }
  return outcome;
}

/** How much of the upload the registry has; null when it has given the upload up. */
async function readProgress(
  client: RegistryClient,
  { repository }: BlobUpload,
  location: URL,
): Promise<{ location: URL; sent: number } | null> {
  const answer = await client.send({
    method: "GET",
    repository,
    actions: "pull,push",
    to: location,
  });
  await discardBody(answer);
  const range = /^(?:bytes=)?0-(?<last>\d+)$/u.exec(answer.headers.range ?? "");
  if (answer.status !== 204 && answer.status !== 202) {
    return null;
  }
  const last = Number(range?.groups?.["last"] ?? -1);
  // An empty upload is `0-0` to some registries; sending the first byte again is what 416 is for.
  return { location: readLocation(answer, location), sent: last <= 0 ? 0 : last + 1 };
}

function readLocation({ headers, url }: HttpAnswer, known: URL): URL {
  return headers.location === undefined ? known : new URL(headers.location, url);
}

function finish(
  client: RegistryClient,
  { repository, digest }: BlobUpload,
  { location, content }: Pick<Chunk, "location" | "content">,
): Promise<HttpAnswer> {
  const to = new URL(location);
  to.searchParams.append("digest", digest);
  return client.send({
    method: "PUT",
    repository,
    actions: "pull,push",
    to,
    headers: octets,
    body: content,
    isRepeatable: false,
  });
}

async function readAll(stream: ReadableStream<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) {
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
