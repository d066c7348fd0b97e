import { SlipwayError } from "../../errors.ts";
import { refuseAnswer } from "./refuse-answer.ts";
import type { RegistryClient, RegistryRequest } from "./registry-client.ts";
import { discardBody, type HttpAnswer } from "./send-request.ts";

interface BlobUpload {
  repository: string;
  digest: string;
  content: Uint8Array;
}

const attempts = 4;

/** Uploads in one piece unless it is there. A finished upload can't be sent twice, so trouble starts over from HEAD. */
export async function writeRemoteBlob(client: RegistryClient, upload: BlobUpload): Promise<void> {
  for (let attempt = 1; !(await hasRemoteBlob(client, upload, "pull,push")); attempt += 1) {
    const outcome = await sendContent(client, upload).catch(toNetworkError);
    if (!(outcome instanceof Error) && outcome.status === 201) {
      return discardBody(outcome);
    }
    const isPassing = outcome instanceof Error || outcome.status === 429 || outcome.status >= 500;
    if (!isPassing || attempt === attempts) {
      throw await reportUpload(client, upload, outcome);
    }
    await client.patience.wait(250 * 2 ** attempt);
  }
}

export async function hasRemoteBlob(
  client: RegistryClient,
  { repository, digest }: Pick<BlobUpload, "repository" | "digest">,
  actions: RegistryRequest["actions"],
): Promise<boolean> {
  const answer = await client.send({ method: "HEAD", repository, actions, to: `blobs/${digest}` });
  if (answer.status === 200 || answer.status === 404) {
    await discardBody(answer);
    return answer.status === 200;
  }
  throw await refuseAnswer(client.name, `HEAD of blob ${digest} of ${repository}`, answer);
}

async function sendContent(client: RegistryClient, upload: BlobUpload): Promise<HttpAnswer> {
  const { repository, digest, content } = upload;
  const writing = { repository, actions: "pull,push" } as const;
  const opened = await client.send({ ...writing, method: "POST", to: "blobs/uploads/" });
  const { location } = opened.headers;
  if (opened.status !== 202 || location === undefined) {
    throw await refuseAnswer(client.name, `POST of an upload to ${repository}`, opened);
  }
  await discardBody(opened);
  // The location carries the upload's state: it is added to, never built anew.
  const to = new URL(location, opened.url);
  to.searchParams.append("digest", digest);
  return client.send({
    ...writing,
    method: "PUT",
    to,
    headers: { "content-type": "application/octet-stream" },
    body: content,
    isRepeatable: false,
  });
}

function toNetworkError(error: unknown): Error {
  if (error instanceof SlipwayError) {
    throw error;
  }
  return error instanceof Error ? error : new Error(String(error));
}

async function reportUpload(
  { name }: RegistryClient,
  { repository, digest }: BlobUpload,
  outcome: HttpAnswer | Error,
): Promise<SlipwayError> {
  return outcome instanceof Error
    ? new SlipwayError(
        "REGISTRY_UNREACHABLE",
        `The registry ${name} did not take ${digest} in ${attempts} attempts: ${outcome.message}.`,
        { cause: outcome, hint: "Look at the network and try again." },
      )
    : refuseAnswer(name, `PUT of blob ${digest} of ${repository}`, outcome);
}
