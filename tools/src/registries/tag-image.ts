import { SlipwayError } from "../errors.ts";
import { computeDigest } from "../images/digest.ts";
import type { ImagePlace } from "./image-place.ts";

/** Puts a tag on a stored image and makes sure that it is there. The tag may name another image before. */
export async function tagImage(
  { registry, repository }: ImagePlace,
  digest: string,
  tag: string,
): Promise<void> {
  const content = await registry.readManifest(repository, digest);
  if (content === null) {
    throw new SlipwayError("IMAGE_MISSING", `${repository} has no ${digest} to be ${tag}.`, {
      hint: "Publish the image first.",
    });
  }
  await registry.writeManifest(repository, content, tag);
  const stored = await registry.readManifest(repository, tag);
  if (stored === null || computeDigest(stored) !== digest) {
    throw new SlipwayError("REGISTRY_FAILED", `${repository}:${tag} does not name ${digest}.`, {
      hint: "Another release may write there now. Run again.",
    });
  }
}
