import { SlipwayError } from "../../errors.ts";
import { computeDigest } from "../../images/digest.ts";
import {
  ImageIndex,
  mediaTypes,
  parseDocument,
  type ImageManifest,
} from "../../images/oci-documents.ts";
import type { Referrer } from "../registry.ts";
import { listPages } from "./list-pages.ts";
import type { RegistryClient } from "./registry-client.ts";
import { readRemoteManifest, writeRemoteManifest } from "./remote-manifest.ts";

interface Address {
  repository: string;
  /** Digest of what is referred to. */
  digest: string;
}

interface Artifact {
  content: Uint8Array;
  manifest: ImageManifest;
}

const attempts = 5;

/** By the referrers API, or by the tag that stands in for it. */
export async function listRemoteReferrers(
  client: RegistryClient,
  address: Address,
): Promise<Referrer[]> {
  const entries =
    (await listByApi(client, address)) ?? (await readFallback(client, address)).manifests;
  return entries
    .map(({ artifactType = "", ...entry }): Referrer => Object.assign(entry, { artifactType }))
    .toSorted((a, b) => (a.digest < b.digest ? -1 : 1));
}

/** Makes a stored artifact findable by its subject where the registry does not do that by itself. */
export async function linkReferrer(
  client: RegistryClient,
  address: Address,
  artifact: Artifact,
): Promise<void> {
  // Asked for, not read from OCI-Subject: some registries echo that header without having the API.
  if ((await listByApi(client, address)) !== null) {
    return;
  }
  const entry = describeReferrer(artifact);
  // Nobody can compare and swap a tag, so another writer may have put an index without ours.
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const index = await readFallback(client, address);
    if (index.manifests.some(({ digest }) => digest === entry.digest)) {
      return;
    }
    const manifests = [...index.manifests, entry].toSorted((a, b) =>
      a.digest < b.digest ? -1 : 1,
    );
    const reference = { repository: address.repository, reference: formatFallbackTag(address) };
    const document = JSON.stringify({ ...index, manifests });
    await writeRemoteManifest(client, reference, new TextEncoder().encode(document));
  }
  throw new SlipwayError(
    "REGISTRY_FAILED",
    `The registry ${client.name} lost what refers to ${address.digest} ${attempts} times.`,
    { hint: "Another release may write there now. Run again." },
  );
}

async function listByApi(client: RegistryClient, { repository, digest }: Address) {
  const to = `referrers/${digest}`;
  const pages = await listPages(client, { repository, to, schema: ImageIndex });
  return pages === null ? null : pages.flatMap(({ manifests }) => manifests);
}

async function readFallback(client: RegistryClient, address: Address): Promise<ImageIndex> {
  const reference = formatFallbackTag(address);
  const { repository } = address;
  const content = await readRemoteManifest(client, { repository, reference });
  return content === null
    ? { schemaVersion: 2, mediaType: mediaTypes.index, manifests: [] }
    : parseDocument(ImageIndex, content, `What ${repository}:${reference} names`);
}

export function isFallbackTag(tag: string): boolean {
  return /^sha256-[0-9a-f]{64}$/u.test(tag);
}

/** Of the distribution specification 1.1, "Referrers Tag Schema". */
function formatFallbackTag({ digest }: Address): string {
  return digest.replace(":", "-");
}

function describeReferrer({ content, manifest }: Artifact): Referrer {
  return {
    mediaType: manifest.mediaType ?? mediaTypes.manifest,
    digest: computeDigest(content),
    size: content.byteLength,
    artifactType: manifest.artifactType ?? manifest.config.mediaType,
    ...(manifest.annotations !== undefined && { annotations: manifest.annotations }),
  };
}
