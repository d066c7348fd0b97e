import { mkdir } from "node:fs/promises";

import type { ImagePlace } from "../registries/image-place.ts";
import type { ImagePlatform } from "../release/release-set.ts";
import { isOurs } from "../workspace/plan-closure.ts";
import type { Service } from "../workspace/service-manifest.ts";
import type { PlatformLayers } from "./assemble-platforms.ts";
import { buildDockerfile } from "./build-dockerfile.ts";
import { imageCacheFolder } from "./image-folders.ts";
import { ImageManifest, mediaTypes, parseDocument, type Descriptor } from "./oci-documents.ts";
import { readPlatform } from "./platform.ts";
import { readImageInputs, type ImageContext, type ReadInputs } from "./read-image-inputs.ts";
import type { ReleaseContext } from "./release-context.ts";
import { writeIndex, type WrittenImage } from "./write-release-image.ts";

interface DockerfileTask {
  context: ReleaseContext;
  service: Service;
  place: ImagePlace;
}

export interface DockerfileImage {
  written: WrittenImage;
  /** No layers of ours: what is in them only BuildKit knows. Packages are those that the service names. */
  assembled: PlatformLayers[];
}

/** An image of every platform from the service's own Dockerfile, and the index that lists them. */
export async function buildReleaseDockerfile(task: DockerfileTask): Promise<DockerfileImage> {
  const { workspace, platforms } = task.context;
  await mkdir(imageCacheFolder(workspace), { recursive: true });
  const read = await readInputs(task);
  const built: PlatformImage[] = [];
  for (const [platform, context] of platforms) {
    built.push(await buildPlatform(task, read, [platform, context]));
  }
  const imageKey = built[0]?.imageKey ?? "";
  const manifests = built.map(({ manifest }) => manifest);
  const packages = read.closure.filter((each) => !isOurs(each)).map(({ folder }) => folder);
  return {
    written: {
      descriptor: await writeIndex(task, { manifests, imageKey }),
      platforms: Object.fromEntries(
        built.map(({ platform, manifest: { digest } }) => [platform, digest]),
      ),
      imageKey,
    },
    assembled: platforms.map(([platform, own]) => [platform, own, { layers: [], packages }]),
  };
}

/** The same for all platforms; what is installed here is what is checked against the lock. */
async function readInputs({ context, service }: DockerfileTask): Promise<ReadInputs> {
  const [, first] = context.platforms[0] ?? [];
  if (first === undefined) throw new Error(`${service.name} is released for no platform.`);
  return readImageInputs({ ...first, platform: readPlatform(true) }, service, null);
}

interface PlatformImage {
  platform: ImagePlatform;
  manifest: Descriptor;
  imageKey: string;
}

async function buildPlatform(
  { service, place }: DockerfileTask,
  read: ReadInputs,
  [platform, context]: readonly [ImagePlatform, ImageContext],
): Promise<PlatformImage> {
  const request = { context, service, registry: place.registry, isFresh: false };
  const { digest, imageKey } = await buildDockerfile(request, read);
  return { platform, manifest: await describeManifest(place, digest, platform), imageKey };
}

async function describeManifest(
  { registry, repository }: ImagePlace,
  digest: string,
  platform: ImagePlatform,
): Promise<Descriptor> {
  const content = (await registry.readManifest(repository, digest)) ?? new Uint8Array();
  const { mediaType = mediaTypes.manifest } = parseDocument(ImageManifest, content, digest);
  const [os = "", architecture = ""] = platform.split("/");
  return { mediaType, digest, size: content.byteLength, platform: { os, architecture } };
}
