import { SlipwayError } from "../../errors.ts";
import type { BlobUpload } from "./blob-upload.ts";
import { refuseAnswer } from "./refuse-answer.ts";
import type { RegistryClient } from "./registry-client.ts";
import { discardBody, type HttpAnswer } from "./send-request.ts";

/** An upload that the registry waits for. */
export interface UploadSession {
  /** Carries the upload's state: it is added to, never built anew. */
  location: URL;
  /** The registry takes no smaller chunks, but for the last. */
  minChunkBytes: number;
}

/** Mounts the blob from another repository where that is allowed, else opens an upload. */
export async function openUpload(
  client: RegistryClient,
  upload: BlobUpload,
): Promise<UploadSession | "mounted"> {
  const { mountFrom } = upload.source;
  const isForeign = mountFrom !== undefined && mountFrom !== upload.repository;
  const mounted = isForeign ? await tryMount(client, upload, mountFrom) : null;
  if (mounted?.status === 201) {
    await discardBody(mounted);
    return "mounted";
  }
  return mounted?.status === 202
    ? readSession(client, upload, mounted)
    : readSession(client, upload, await sendPost(client, upload));
}

/** Registries refuse mounts in many ways, also by denying the wider token; then the blob is simply sent. */
async function tryMount(
  client: RegistryClient,
  { repository, digest }: BlobUpload,
  from: string,
): Promise<HttpAnswer | null> {
  const query = new URLSearchParams({ mount: digest, from });
  try {
    const answer = await client.send({
      method: "POST",
      repository,
      actions: "pull,push",
      alsoPull: from,
      to: `blobs/uploads/?${query.toString()}`,
      isRepeatable: false,
    });
    if (answer.status !== 201 && answer.status !== 202) {
      await discardBody(answer);
    }
    return answer;
  } catch (error) {
    if (error instanceof SlipwayError && error.code !== "REGISTRY_DENIED") {
      throw error;
    }
    return null;
  }
}

function sendPost(client: RegistryClient, { repository }: BlobUpload): Promise<HttpAnswer> {
  return client.send({ method: "POST", repository, actions: "pull,push", to: "blobs/uploads/" });
}

async function readSession(
  client: RegistryClient,
  { repository }: BlobUpload,
  answer: HttpAnswer,
): Promise<UploadSession> {
  const { location } = answer.headers;
  if (answer.status !== 202 || location === undefined) {
    throw await refuseAnswer(client.name, `POST of an upload to ${repository}`, answer);
  }
  await discardBody(answer);
  return {
    location: new URL(location, answer.url),
    minChunkBytes: Number(answer.headers["oci-chunk-min-length"] ?? 0) || 0,
  };
}
