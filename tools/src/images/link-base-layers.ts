import { copyFile, link, mkdir } from "node:fs/promises";
import path from "node:path";

import { blobPath } from "../registries/blob-path.ts";
import { hasCode } from "../workspace/has-code.ts";
import type { ImageBase } from "./image-base.ts";

/** The base's layers in the image's own layout, without a second copy where the file system can. */
export async function linkBaseLayers({ folder, layers }: ImageBase, layout: string): Promise<void> {
  if (folder === null) {
    return;
  }
  await mkdir(path.join(layout, "blobs/sha256"), { recursive: true });
  await Promise.all(
    layers.map(({ digest }) => linkOrCopy(blobPath(folder, digest), blobPath(layout, digest))),
  );
}

async function linkOrCopy(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch (error) {
    if (hasCode(error, "EXDEV") || hasCode(error, "EPERM")) {
      await copyFile(from, to);
    } else if (!hasCode(error, "EEXIST")) {
      throw error;
    }
  }
}
