import { mkdir, readFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";

import { writeFileAtomically } from "../registries/write-file-atomically.ts";
import { codec, compressLayer } from "./compress-layer.ts";
import { computeDigest, formatDigestAsName } from "./digest.ts";
import { formatTar, type TarEntry } from "./format-tar.ts";
import type { ImageLayer, LayerName } from "./image-layer.ts";
import { markUsed } from "./prune-cache.ts";

const runGunzip = promisify(gunzip);

export interface PackedLayer extends ImageLayer {
  content: Uint8Array;
}

/**
 * A layer of these entries. What was compressed once is kept by what it holds, so that an unchanged
 * layer keeps its digest even where another zlib would compress it to other bytes.
 */
export async function packLayer(
  name: LayerName,
  entries: readonly TarEntry[],
  store: string,
): Promise<PackedLayer> {
  const tar = formatTar(entries);
  const diffId = computeDigest(tar);
  const file = path.join(store, codec, `${formatDigestAsName(diffId)}.gz`);
  const content = (await readStored(file, tar)) ?? (await writeStored(file, tar));
  return { name, diffId, digest: computeDigest(content), sizeBytes: content.byteLength, content };
}

/** Null when it is missing or damaged. */
async function readStored(file: string, tar: Uint8Array): Promise<Uint8Array | null> {
  try {
    const content = await readFile(file);
    const isSame = (await runGunzip(content)).equals(tar);
    await markUsed(file);
    return isSame ? content : null;
  } catch {
    return null;
  }
}

async function writeStored(file: string, tar: Uint8Array): Promise<Uint8Array> {
  const content = await compressLayer(tar);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFileAtomically(file, content);
  return content;
}
