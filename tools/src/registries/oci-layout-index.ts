import { readFile } from "node:fs/promises";
import path from "node:path";

import { computeDigest } from "../images/digest.ts";
import {
  ImageIndex,
  ImageManifest,
  isIndex,
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
  const index = await readLayoutIndex(layout);
  return index.manifests.find((entry) => entry.annotations?.[refName] === tag)?.digest ?? null;
}

export async function readLayoutTags(layout: string): Promise<string[]> {
  const { manifests } = await readLayoutIndex(layout);
  return manifests.flatMap(({ annotations }) => annotations?.[refName] ?? []).toSorted();
}

/** Lists the manifest; the tag, if one is given, moves to it. */
export async function writeIndexEntry(
  layout: string,
  content: Uint8Array,
  tag: string | undefined,
): Promise<void> {
  const entry = describeManifest(content, tag);
  await withFileLock(path.join(layout, "index.lock"), async () => {
    const index = planIndex(await readLayoutIndex(layout), entry, tag);
    await writeFileAtomically(
      path.join(layout, "oci-layout"),
      JSON.stringify({ imageLayoutVersion: "1.0.0" }),
    );
    await writeFileAtomically(path.join(layout, "index.json"), JSON.stringify(index));
  });
}

/** Of a layout that does not exist: an empty one. */
export async function readLayoutIndex(layout: string): Promise<ImageIndex> {
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
  return {
    ...readKind(content),
    digest: computeDigest(content),
    size: content.byteLength,
    ...(tag !== undefined && { annotations: { [refName]: tag } }),
  };
}

function readKind(content: Uint8Array): Pick<Descriptor, "mediaType" | "artifactType"> {
  const name = "The manifest to store";
  if (isIndex(content)) {
    const { mediaType = mediaTypes.index } = parseDocument(ImageIndex, content, name);
    return { mediaType };
  }
  const manifest = parseDocument(ImageManifest, content, name);
  const { mediaType = mediaTypes.manifest, artifactType } = manifest;
  return { mediaType, ...(artifactType !== undefined && { artifactType }) };
}

function planIndex(index: ImageIndex, entry: Descriptor, tag: string | undefined): ImageIndex {
  const others = index.manifests
    .map((other) => (other.annotations?.[refName] === tag ? withoutTag(other) : other))
    .filter((other) => other.digest !== entry.digest || hasOtherTag(other, tag));
  const kept = others.filter(isKept);
  const untagged = others.filter((other) => !isKept(other));
  return { ...index, manifests: [...kept, ...untagged.slice(-keptUntagged), entry] };
}

/** What an image refers to has no tag either, but is not an earlier build. */
function isKept({ annotations, artifactType }: Descriptor): boolean {
  return annotations !== undefined || artifactType !== undefined;
}

function withoutTag({ annotations: _tag, ...entry }: Descriptor): Descriptor {
  return entry;
}

function hasOtherTag(entry: Descriptor, tag: string | undefined): boolean {
  const name = entry.annotations?.[refName];
  return name !== undefined && name !== tag;
}
