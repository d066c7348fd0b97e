import path from "node:path";

import type { ImagePlace } from "../registries/image-place.ts";
import type { ImagePlatform } from "../release/release-set.ts";
import type { Service } from "../workspace/service-manifest.ts";
import { planFacts } from "./assemble-image.ts";
import type { PlatformLayers } from "./assemble-platforms.ts";
import { computeDigest } from "./digest.ts";
import { computeImageKey, formatImage, type ImageFacts } from "./format-image.ts";
import { labels } from "./labels.ts";
import { linkBaseLayers } from "./link-base-layers.ts";
import { mediaTypes, type Descriptor, type ImageIndex } from "./oci-documents.ts";
import type { ReleaseContext } from "./release-context.ts";

export interface WrittenImage {
  /** Of the index. */
  descriptor: Descriptor;
  platforms: Partial<Record<ImagePlatform, string>>;
  imageKey: string;
}

export interface WriteRequest {
  context: ReleaseContext;
  service: Service;
  /** Folder of layouts that `place` writes to. */
  folder: string;
  place: ImagePlace;
}

/** An image of every platform and the index that lists them, tagged with the version in its layout. */
export async function writeReleaseImage(
  request: WriteRequest,
  assembled: readonly PlatformLayers[],
): Promise<WrittenImage> {
  const { context, service, place } = request;
  const planned = assembled.map(
    ([platform, own, { layers }]) => [platform, planFacts(own, service, layers)] as const,
  );
  const keys = planned.map(([platform, facts]) => [platform, computeImageKey(facts)]);
  const imageKey = computeDigest(JSON.stringify(keys));
  const packed = assembled.flatMap(([, , { layers }]) => layers);
  for (const { digest, content } of packed) {
    await place.registry.writeBlob(place.repository, digest, content);
  }
  const manifests: Descriptor[] = [];
  for (const [, facts] of planned) {
    manifests.push(await writePlatform(request, facts, imageKey));
  }
  return {
    descriptor: await writeIndex({ context, service, place }, { manifests, imageKey }),
    platforms: Object.fromEntries(
      planned.map(([platform], position) => [platform, manifests[position]?.digest]),
    ),
    imageKey,
  };
}

/** Lists the images of all platforms, tagged with the version in its layout. */
export async function writeIndex(
  { context, service, place }: Omit<WriteRequest, "folder">,
  listed: { manifests: Descriptor[]; imageKey: string },
): Promise<Descriptor> {
  const index = encode(planIndex(context, service, listed));
  const digest = await place.registry.writeManifest(place.repository, index, service.version);
  return { mediaType: mediaTypes.index, digest, size: index.byteLength };
}

async function writePlatform(
  { context, service, folder, place }: WriteRequest,
  facts: ImageFacts,
  imageKey: string,
): Promise<Descriptor> {
  const { registry, repository } = place;
  const revision = { version: service.version, commit: context.commit };
  const image = formatImage(facts, revision, imageKey);
  if (facts.base.name.startsWith("oci:")) {
    // Nobody else could find them; those of a registry stay there until somebody wants them.
    await linkBaseLayers(facts.base, path.join(folder, repository));
  }
  await registry.writeBlob(repository, image.configDigest, image.config);
  const digest = await registry.writeManifest(repository, image.manifest);
  const variant = facts.base.config?.variant;
  const { architecture, os } = facts;
  return {
    mediaType: mediaTypes.manifest,
    digest,
    size: image.manifest.byteLength,
    platform: { architecture, os, ...(variant !== undefined && { variant }) },
  };
}

function planIndex(
  { base, commit }: ReleaseContext,
  { packageName, version }: Service,
  { manifests, imageKey }: { manifests: Descriptor[]; imageKey: string },
): ImageIndex {
  return {
    schemaVersion: 2,
    mediaType: mediaTypes.index,
    manifests,
    annotations: {
      [labels.baseDigest]: base.digest,
      [labels.baseName]: base.name,
      [labels.imageKey]: imageKey,
      [labels.revision]: commit,
      [labels.title]: packageName,
      [labels.version]: version,
    },
  };
}

function encode(document: ImageIndex): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(document));
}
