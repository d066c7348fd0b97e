import { SlipwayError } from "../../errors.ts";
import { computeDigest, isDigest } from "../../images/digest.ts";
import { mediaTypes } from "../../images/oci-documents.ts";
import { readCode, refuseAnswer, refuseCode } from "./refuse-answer.ts";
import type { RegistryClient } from "./registry-client.ts";
import { planDelayMs } from "./retry-request.ts";
import { discardBody, readBody } from "./send-request.ts";

interface ManifestAddress {
  repository: string;
  /** Digest or tag. */
  reference: string;
}

const accepted = [
  mediaTypes.index,
  mediaTypes.manifest,
  "application/vnd.docker.distribution.manifest.list.v2+json",
  "application/vnd.docker.distribution.manifest.v2+json",
].join(", ");

/** The specification has registries take 4 MB; nobody sends more. */
const maxManifestBytes = 8_388_608;

const writeAttempts = 4;

/** Manifest or index as stored, with the digest it is asked for by; null when the registry has none. */
export async function readRemoteManifest(
  client: RegistryClient,
  { repository, reference }: ManifestAddress,
): Promise<Uint8Array | null> {
  const to = `manifests/${parseReference(reference)}`;
  const headers = { accept: accepted };
  const answer = await client.send({ method: "GET", repository, actions: "pull", to, headers });
  if (answer.status === 404) {
    await discardBody(answer);
    return null;
  }
  if (answer.status !== 200) {
    throw await refuseAnswer(client.name, `GET of ${to} of ${repository}`, answer);
  }
  const content = await readBody(answer, maxManifestBytes).catch((cause: unknown) => {
    throw reportCut(client, reference, cause);
  });
  const named = answer.headers["docker-content-digest"]?.toString();
  const promised = isDigest(reference) ? reference : named;
  requireDigest(client, content, promised);
  return content;
}

/** By HEAD, which registries do not count as a pull; those that do not name the digest are read. */
export async function readRemoteDigest(
  client: RegistryClient,
  address: ManifestAddress,
): Promise<string | null> {
  const { repository, reference } = address;
  const to = `manifests/${parseReference(reference)}`;
  const headers = { accept: accepted };
  const answer = await client.send({ method: "HEAD", repository, actions: "pull", to, headers });
  const named = answer.headers["docker-content-digest"]?.toString();
  if (answer.status !== 200 && answer.status !== 404) {
    throw await refuseAnswer(client.name, `HEAD of ${to} of ${repository}`, answer);
  }
  await discardBody(answer);
  if (answer.status === 404) return null;
  if (named !== undefined && isDigest(named)) return named;
  const content = await readRemoteManifest(client, address);
  return content === null ? null : computeDigest(content);
}

/**
 * Stores a manifest, or puts a tag on it. Sent again when the registry calls its digest invalid: docker-registry says
 * so when it reads a link of its storage that another client is writing at that moment.
 */
export async function writeRemoteManifest(
  client: RegistryClient,
  { repository, reference }: ManifestAddress,
  content: Uint8Array,
): Promise<void> {
  const to = `manifests/${parseReference(reference)}`;
  const headers = { "content-type": readMediaType(content) };
  for (let attempt = 1; ; attempt += 1) {
    const request = { repository, actions: "pull,push", to, headers, body: content } as const;
    const answer = await client.send({ method: "PUT", ...request });
    if (answer.status === 201) {
      await discardBody(answer);
      requireDigest(client, content, answer.headers["docker-content-digest"]?.toString());
      return;
    }
    const { status } = answer;
    const code = await readCode(answer);
    if (code !== "DIGEST_INVALID" || attempt === writeAttempts) {
      throw refuseCode(client.name, `PUT of ${to} of ${repository}`, { status, code });
    }
    await client.patience.wait(planDelayMs(answer, attempt));
  }
}

function parseReference(reference: string): string {
  if (isDigest(reference) || /^\w[\w.-]{0,127}$/u.test(reference)) {
    return reference;
  }
  throw new SlipwayError(
    "IMAGE_INVALID",
    `${JSON.stringify(reference)} is neither a tag nor a digest.`,
    { hint: "Expected up to 128 letters, digits and . _ -, or sha256: and 64 hexadecimal digits." },
  );
}

function readMediaType(content: Uint8Array): string {
  const document: unknown = JSON.parse(new TextDecoder().decode(content));
  const facts = typeof document === "object" && document !== null ? document : {};
  if ("mediaType" in facts && typeof facts.mediaType === "string") {
    return facts.mediaType;
  }
  return "manifests" in facts ? mediaTypes.index : mediaTypes.manifest;
}

function requireDigest(
  { name }: RegistryClient,
  content: Uint8Array,
  promised: string | undefined,
): void {
  const actual = computeDigest(content);
  if (promised !== undefined && promised !== actual) {
    throw new SlipwayError(
      "DIGEST_MISMATCH",
      `The registry ${name} has the digest ${promised} for a manifest of digest ${actual}.`,
      { hint: "Nothing uses it. The registry, or something on the way, changed it." },
    );
  }
}

function reportCut({ name }: RegistryClient, reference: string, cause: unknown): SlipwayError {
  const words = cause instanceof Error ? cause.message : String(cause);
  return new SlipwayError(
    "REGISTRY_UNREACHABLE",
    `The registry ${name} did not send all of manifest ${reference}: ${words}.`,
    { cause, hint: "Try again." },
  );
}
