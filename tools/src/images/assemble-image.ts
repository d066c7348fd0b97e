import path from "node:path";

import type { Service } from "../workspace/service-manifest.ts";
import { assembleLayers } from "./assemble-layers.ts";
import type { BuildRequest, MadeImage } from "./build-request.ts";
import { computeImageKey, formatImage, type ImageFacts } from "./format-image.ts";
import { imageCacheFolder, imagesFolder } from "./image-folders.ts";
import type { ImageLayer } from "./image-layer.ts";
import type { ImageRecord } from "./image-record.ts";
import { isStored } from "./is-stored.ts";
import type { PackedLayer } from "./layer-store.ts";
import { linkBaseLayers } from "./link-base-layers.ts";
import { formatArchitecture, formatSystem } from "./platform.ts";
import { pruneLayout } from "./prune-layout.ts";
import type { ImageContext, ReadInputs } from "./read-image-inputs.ts";
import { formatServiceLabel } from "./service-label.ts";

/** Bundles and packs a service. The last image is kept when content and version came out the same. */
export async function assembleImage(
  request: BuildRequest,
  { closure, inputs }: ReadInputs,
  record: ImageRecord | null,
): Promise<MadeImage> {
  const { context, service, isFresh } = request;
  const store = imageCacheFolder(context.workspace);
  const watched = new Set(Object.keys(inputs.files));
  const { layers: packed } = await assembleLayers({
    context,
    service,
    closure,
    watched,
    store,
    isFresh,
  });
  const facts = planFacts(context, service, packed);
  const imageKey = computeImageKey(facts);
  if (record !== null && (await isSame(request, record, imageKey))) {
    const { commit, released, layers } = record;
    return { digest: released.digest, imageKey, commit, layers, isKept: true };
  }
  const digest = await writeImage(request, facts, packed);
  return { digest, imageKey, commit: context.commit, layers: facts.layers, isKept: false };
}

/** Everything that an image is a function of. */
export function planFacts(
  context: ImageContext,
  service: Service,
  packed: readonly PackedLayer[],
): ImageFacts {
  return {
    service: service.name,
    title: service.packageName,
    description: service.description,
    port: service.needs.port,
    label: formatServiceLabel(service),
    architecture: formatArchitecture(context.platform.cpu),
    os: formatSystem(context.platform.os),
    nodeMajor: context.nodeMajor,
    base: context.base,
    layers: packed.map(withoutContent),
  };
}

async function isSame(
  { service, registry, isFresh }: BuildRequest,
  { released }: ImageRecord,
  imageKey: string,
): Promise<boolean> {
  const isEqual = released.imageKey === imageKey && released.version === service.version;
  return isEqual && !isFresh && (await isStored(registry, service.name, released.digest));
}

/** Blobs first, so that whoever finds the manifest finds all of the image. */
async function writeImage(
  { context, service, registry }: BuildRequest,
  facts: ImageFacts,
  layers: readonly PackedLayer[],
): Promise<string> {
  const { name, version } = service;
  const image = formatImage(facts, { version, commit: context.commit });
  const layout = path.join(imagesFolder(context.workspace), name);
  await linkBaseLayers(context.base, layout);
  await Promise.all([
    registry.writeBlob(name, image.configDigest, image.config),
    ...layers.map(({ digest, content }) => registry.writeBlob(name, digest, content)),
  ]);
  const digest = await registry.writeManifest(name, image.manifest, version);
  await pruneLayout(layout);
  return digest;
}

function withoutContent({ name, digest, diffId, sizeBytes }: PackedLayer): ImageLayer {
  return { name, digest, diffId, sizeBytes };
}
