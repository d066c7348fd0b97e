import { Check, Errors } from "typebox/value";

import { SlipwayError } from "../errors.ts";
import { computeDigest } from "../images/digest.ts";
import { fetchBlob } from "../images/fetch-blob.ts";
import { ImageManifest, parseDocument } from "../images/oci-documents.ts";
import { formatArtifact, writeArtifact, type Artifact } from "../images/write-artifact.ts";
import type { ImagePlace } from "../registries/image-place.ts";
import { createReleaseSet } from "./create-release-set.ts";
import { ReleaseSet } from "./release-set.ts";

/** What a release set is to a registry: an artifact, its layer the set as JSON. */
export const releaseSetType = "application/vnd.slipway.release-set.v1+json";

const maxSetBytes = 16_777_216;

/** Stores a set under its name, and under these other tags. What is there as it should be is left alone. */
export async function writeReleaseSet(
  place: ImagePlace,
  set: ReleaseSet,
  tags: readonly string[] = [],
): Promise<void> {
  const artifact: Artifact = {
    type: releaseSetType,
    content: new TextEncoder().encode(JSON.stringify(set)),
    annotations: { "org.opencontainers.image.revision": set.commit },
  };
  const digest = computeDigest(formatArtifact(artifact));
  for (const tag of [set.id, ...tags]) {
    const stored = await place.registry.readManifest(place.repository, tag);
    if (stored === null || computeDigest(stored) !== digest) {
      await writeArtifact(place, artifact, tag);
    }
  }
}

/** The set under a tag or digest; null when there is none. Throws RELEASE_SET_INVALID when it is not what it says. */
export async function readReleaseSet(
  { registry, repository }: ImagePlace,
  reference: string,
): Promise<ReleaseSet | null> {
  const bytes = await registry.readManifest(repository, reference);
  if (bytes === null) {
    return null;
  }
  const name = `${repository}:${reference}`;
  const manifest = parseDocument(ImageManifest, bytes, name);
  const [layer, ...others] = manifest.layers;
  if (manifest.artifactType !== releaseSetType || layer === undefined || others.length > 0) {
    throw refuse(name, `is ${manifest.artifactType ?? "an image"}, not a release set`);
  }
  if (layer.size > maxSetBytes) {
    throw refuse(name, `claims ${layer.size} bytes; at most ${maxSetBytes} are read`);
  }
  return parseReleaseSet(await fetchBlob(registry, repository, layer), name);
}

/** Checked against its schema and its own name, because whoever may write to the registry may write anything. */
export function parseReleaseSet(content: Uint8Array, name: string): ReleaseSet {
  const set = parseJson(content);
  if (!Check(ReleaseSet, set)) {
    const [fault] = Errors(ReleaseSet, set);
    throw refuse(name, `does not fit its schema: ${fault?.instancePath || "/"} ${fault?.message}`);
  }
  const { id } = createReleaseSet(set.commit, set.services);
  if (id !== set.id) {
    throw refuse(name, `calls itself ${set.id}, but its content is ${id}`);
  }
  return set;
}

function parseJson(content: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(content));
  } catch {
    return null;
  }
}

function refuse(name: string, fault: string): SlipwayError {
  return new SlipwayError("RELEASE_SET_INVALID", `${name} ${fault}.`, {
    hint: "Nothing was deployed. Look at who may write to the registry, and release again.",
  });
}
