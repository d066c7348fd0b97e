import { SlipwayError } from "../errors.ts";
import type { ImagePlace } from "../registries/image-place.ts";
import { computeDigest } from "./digest.ts";
import {
  ImageIndex,
  ImageManifest,
  isIndex,
  parseDocument,
  type Descriptor,
} from "./oci-documents.ts";

/** One manifest and what it names. */
export interface ImagePart {
  digest: string;
  /** As stored. */
  content: Uint8Array;
  /** Configuration and layers; none for an index. */
  blobs: readonly Descriptor[];
  /** Where its layers come from, as the image says: `docker.io/library/node@sha256:…`. */
  baseName: string | null;
}

const baseNameKey = "org.opencontainers.image.base.name";

/** An image with the images of its platforms: children first, so that whoever writes them in order names nothing missing. */
export async function listImageParts(place: ImagePlace, digest: string): Promise<ImagePart[]> {
  const content = await readPart(place, digest);
  if (!isIndex(content)) {
    const { config, layers, annotations } = parseDocument(ImageManifest, content, digest);
    const baseName = annotations?.[baseNameKey] ?? null;
    return [{ digest, content, blobs: [config, ...layers], baseName }];
  }
  const { manifests } = parseDocument(ImageIndex, content, digest);
  const children = await Promise.all(manifests.map((each) => listImageParts(place, each.digest)));
  return [...children.flat(), { digest, content, blobs: [], baseName: null }];
}

async function readPart({ registry, repository }: ImagePlace, digest: string): Promise<Uint8Array> {
  const content = await registry.readManifest(repository, digest);
  if (content === null) {
    throw new SlipwayError("IMAGE_MISSING", `${repository} has no ${digest}.`, {
      hint: "Build the image again, then publish it.",
    });
  }
  if (computeDigest(content) !== digest) {
    throw new SlipwayError("DIGEST_MISMATCH", `${repository} has other content under ${digest}.`, {
      hint: "Nothing was published. Build the image again.",
    });
  }
  return content;
}
