import path from "node:path";

import { SlipwayError } from "../errors.ts";
import { isDigest } from "../images/digest.ts";

/** Where a layout keeps a blob; the digest has been checked, so it cannot lead elsewhere. */
export function blobPath(layout: string, digest: string): string {
  if (!isDigest(digest)) {
    throw new SlipwayError("IMAGE_INVALID", `${JSON.stringify(digest)} is not a digest.`, {
      hint: "Expected sha256: and 64 hexadecimal digits.",
    });
  }
  return path.join(layout, "blobs", "sha256", digest.slice("sha256:".length));
}
