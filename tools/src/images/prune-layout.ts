import { readdir, readFile, rm } from "node:fs/promises";
import path from "node:path";

import { blobPath } from "../registries/blob-path.ts";
import { ImageIndex, ImageManifest, parseDocument, type Descriptor } from "./oci-documents.ts";

/**
 * Deletes the blobs of a layout that no listed image uses. The index lists tagged images and the last
 * untagged ones, so the folder stops growing. Nobody else may write to the layout meanwhile.
 */
export async function pruneLayout(layout: string): Promise<void> {
  const index = parseDocument(
    ImageIndex,
    await readFile(path.join(layout, "index.json")),
    "index.json",
  );
  const used = await Promise.all(index.manifests.map((entry) => listBlobs(layout, entry)));
  const kept = new Set(used.flat());
  const folder = path.join(layout, "blobs/sha256");
  const names = await readdir(folder);
  const unused = names.filter((name) => !kept.has(`sha256:${name}`));
  await Promise.all(unused.map((name) => rm(path.join(folder, name), { force: true })));
}

async function listBlobs(layout: string, { digest }: Descriptor): Promise<string[]> {
  const content = await readFile(blobPath(layout, digest)).catch(() => null);
  if (content === null) {
    return [];
  }
  const manifest = parseDocument(ImageManifest, content, digest);
  return [digest, manifest.config.digest, ...manifest.layers.map((layer) => layer.digest)];
}
