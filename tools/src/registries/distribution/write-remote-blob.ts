import { SlipwayError } from "../../errors.ts";
import type { BlobWritten } from "../registry.ts";
import type { BlobUpload } from "./blob-upload.ts";
import { openUpload } from "./open-upload.ts";
import { refuseAnswer } from "./refuse-answer.ts";
import type { RegistryClient, RegistryRequest } from "./registry-client.ts";
import { planDelayMs } from "./retry-request.ts";
import { sendContent } from "./send-content.ts";
import { discardBody, type HttpAnswer } from "./send-request.ts";
import { toNetworkError } from "./to-network-error.ts";

const attempts = 4;

/** Uploads unless it is there. A finished upload can't be sent twice, so what can't be taken up starts over from HEAD. */
export async function writeRemoteBlob(
  client: RegistryClient,
  upload: BlobUpload,
): Promise<BlobWritten> {
  for (let attempt = 1; ; attempt += 1) {
    if (await hasRemoteBlob(client, upload, "pull,push")) {
      return attempt === 1 ? "present" : "sent";
    }
    const outcome = await tryUpload(client, upload).catch(toNetworkError);
    if (outcome === "mounted" || outcome === "sent") {
      return outcome;
    }
    const isPassing = outcome instanceof Error || outcome.status === 429 || outcome.status >= 500;
    if (!isPassing || attempt === attempts) {
      throw await reportUpload(client, upload, outcome);
    }
    await client.patience.wait(planDelayMs(outcome, attempt));
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

async function tryUpload(
  client: RegistryClient,
  upload: BlobUpload,
): Promise<"mounted" | "sent" | HttpAnswer> {
  const session = await openUpload(client, upload);
  if (session === "mounted") {
    return "mounted";
  }
  const answer = await sendContent(client, upload, session);
  if (answer.status !== 201) {
    return answer;
  }
  await discardBody(answer);
  requireSameDigest(client, upload, answer);
  return "sent";
}

function requireSameDigest(
  { name }: RegistryClient,
  { digest }: BlobUpload,
  { headers }: HttpAnswer,
): void {
  const stored = headers["docker-content-digest"]?.toString() ?? digest;
  if (stored !== digest) {
    throw new SlipwayError(
      "DIGEST_MISMATCH",
      `The registry ${name} stored ${digest} under the digest ${stored}.`,
      { hint: "No image uses it yet. The registry, or something on the way, changed it." },
    );
  }
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
