import { readFile } from "node:fs/promises";
import path from "node:path";

import { computeDigest } from "../images/digest.ts";
import {
  ImageIndex,
  ImageManifest,
  mediaTypes,
  parseDocument,
  type Descriptor,
} from "../images/oci-documents.ts";
import { hasCode } from "../workspace/has-code.ts";
import { withFileLock } from "./with-file-lock.ts";
import { writeFileAtomically } from "./write-file-atomically.ts";

const refName = "org.opencontainers.image.ref.name";

/** Untagged manifests a layout still lists: earlier local builds, for going back. */
const keptUntagged = 20;

export async function readTaggedDigest(layout: string, tag: string): Promise<string | null> {
  const index = await readIndex(layout);
  return index.manifests.find((entry) => entry.annotations?.[refName] === tag)?.digest ?? null;
}

/** Lists the manifest; the tag, if one is given, moves to it. */
export async function writeIndexEntry(
  layout: string,
  content: Uint8Array,
  tag: string | undefined,
): Promise<void> {
  const entry = describeManifest(content, tag);
  await withFileLock(path.join(layout, "index.lock"), async () => {
    const index = planIndex(await readIndex(layout), entry, tag);
    await writeFileAtomically(
      path.join(layout, "oci-layout"),
      JSON.stringify({ imageLayoutVersion: "1.0.0" }),
    );
    await writeFileAtomically(path.join(layout, "index.json"), JSON.stringify(index));
  });
}

async function readIndex(layout: string): Promise<ImageIndex> {
  const file = path.join(layout, "index.json");
  try {
    return parseDocument(ImageIndex, await readFile(file), file);
  } catch (error) {
    if (hasCode(error, "ENOENT")) {
      return { schemaVersion: 2, mediaType: mediaTypes.index, manifests: [] };
    }
    throw error;
  }
}

function describeManifest(content: Uint8Array, tag: string | undefined): Descriptor {
  const manifest = parseDocument(ImageManifest, content, "The manifest to store");
  return {
    mediaType: manifest.mediaType ?? mediaTypes.manifest,
    digest: computeDigest(content),
    size: content.byteLength,
    ...(tag !== undefined && { annotations: { [refName]: tag } }),
  };
}

function planIndex(index: ImageIndex, entry: Descriptor, tag: string | undefined): ImageIndex {
  const others = index.manifests
    .map((other) => (other.annotations?.[refName] === tag ? withoutTag(other) : other))
    .filter((other) => other.digest !== entry.digest || hasOtherTag(other, tag));
  const tagged = others.filter((other) => other.annotations !== undefined);
  const untagged = others.filter((other) => other.annotations === undefined);
  return { ...index, manifests: [...tagged, ...untagged.slice(-keptUntagged), entry] };
}

function withoutTag({ mediaType, digest, size }: Descriptor): Descriptor {
  return { mediaType, digest, size };
}

function hasOtherTag(entry: Descriptor, tag: string | undefined): boolean {
  const name = entry.annotations?.[refName];
  return name !== undefined && name !== tag;
}
