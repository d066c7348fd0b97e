import { createOciLayoutRegistry } from "../registries/oci-layout.ts";
import { readPackageLocks } from "../workspace/read-package-lock.ts";
import { buildImage } from "./build-image.ts";
import type { BuiltImage } from "./built-image.ts";
import { imageCacheFolder, imagesFolder } from "./image-folders.ts";
import { readImageSettings } from "./image-settings.ts";
import { mapBounded } from "./map-bounded.ts";
import { formatArchitecture, readPlatform } from "./platform.ts";
import { pruneCache } from "./prune-cache.ts";
import { readBase } from "./read-base.ts";
import { readBundlerVersion } from "./read-bundler-version.ts";
import type { ImageContext } from "./read-image-inputs.ts";
import { selectServices } from "./select-services.ts";

const parallelBuilds = 4;

export interface BuildImagesRequest {
  /** Root of the workspace, absolute. */
  workspace: string;
  /** Names; all services of the workspace when absent. */
  services?: readonly string[];
  /** As `readCommit` gives it. */
  commit: string;
  /** What lies below the images, when it is not what the workspace's settings say. */
  base?: string;
  /** Build even what has not changed. */
  fresh?: boolean;
  /** Told as soon as an image is there. */
  log?: (image: BuiltImage) => void;
}

/**
 * Images of the named services in `dist/images`, in one process, sorted by name. What has not changed is
 * neither bundled nor packed and keeps its digest. Read them with
 * `createOciLayoutRegistry(imagesFolder(workspace))`; the repository is the service's name.
 */
export async function buildImages(request: BuildImagesRequest): Promise<BuiltImage[]> {
  const { workspace, log, fresh } = request;
  const [services, context] = await Promise.all([
    selectServices(workspace, request.services),
    readContext(request),
  ]);
  const registry = createOciLayoutRegistry(imagesFolder(workspace));
  const images = await mapBounded(services, parallelBuilds, async (service) => {
    const image = await buildImage({ context, service, registry, isFresh: fresh === true });
    log?.(image);
    return image;
  });
  if (images.some(({ cached }) => !cached)) {
    await pruneCache(imageCacheFolder(workspace), Date.now());
  }
  return images;
}

async function readContext(request: BuildImagesRequest): Promise<ImageContext> {
  const { workspace, commit } = request;
  const [locks, settings] = await Promise.all([
    readPackageLocks(workspace),
    readImageSettings(workspace),
  ]);
  const name = request.base ?? settings.base;
  const platform = readPlatform(name === "embedded");
  const base = await readBase({
    name,
    workspace,
    architecture: formatArchitecture(platform.cpu),
  });
  return {
    workspace,
    commit,
    platform,
    locks,
    base,
    bundler: readBundlerVersion(),
    nodeMajor: Number(process.versions.node.split(".")[0]),
  };
}
