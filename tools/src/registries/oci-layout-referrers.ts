import { readFile } from "node:fs/promises";

import { ImageManifest, parseDocument } from "../images/oci-documents.ts";
import { blobPath } from "./blob-path.ts";
import { readLayoutIndex } from "./oci-layout-index.ts";
import type { Referrer } from "./registry.ts";

/** The listed artifacts of a layout that name this digest as their subject. */
export async function readLayoutReferrers(layout: string, digest: string): Promise<Referrer[]> {
  const { manifests } = await readLayoutIndex(layout);
  const artifacts = manifests.filter(({ artifactType }) => artifactType !== undefined);
  const found = await Promise.all(
    artifacts.map(async ({ mediaType, artifactType = "", digest: own, size }) => {
      const content = await readFile(blobPath(layout, own));
      const { subject, annotations } = parseDocument(ImageManifest, content, own);
      const notes = annotations === undefined ? {} : { annotations };
      const referrer: Referrer = { mediaType, digest: own, size, artifactType, ...notes };
      return subject?.digest === digest ? [referrer] : [];
    }),
  );
  return found.flat().toSorted((a, b) => (a.digest < b.digest ? -1 : 1));
}
