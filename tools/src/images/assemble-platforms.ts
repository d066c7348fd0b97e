import path from "node:path";

import { SlipwayError } from "../errors.ts";
import type { ImagePlatform } from "../release/release-set.ts";
import { fitsPlatform, planClosure, type ClosurePackage } from "../workspace/plan-closure.ts";
import type { Service } from "../workspace/service-manifest.ts";
import { assembleLayers, type AssembledLayers } from "./assemble-layers.ts";
import { fetchPackage } from "./fetch-package.ts";
import { imageCacheFolder } from "./image-folders.ts";
import { readPlatform } from "./platform.ts";
import { readImageInputs, type ImageContext } from "./read-image-inputs.ts";
import type { ReleaseContext } from "./release-context.ts";

export type PlatformLayers = readonly [ImagePlatform, ImageContext, AssembledLayers];

/** The layers of each platform. Bundled JavaScript is the same on all of them; only packages with machine code differ. */
export async function assemblePlatforms(
  { workspace, platforms }: ReleaseContext,
  service: Service,
): Promise<PlatformLayers[]> {
  const results: PlatformLayers[] = [];
  let common: AssembledLayers | null = null;
  for (const [platform, context] of platforms) {
    const assembled: AssembledLayers = common ?? (await assemble(workspace, service, context));
    const isNative = assembled.layers.some(({ name }) => name === "deps");
    common = isNative ? null : assembled;
    results.push([platform, context, assembled]);
  }
  return results;
}

async function assemble(
  workspace: string,
  service: Service,
  context: ImageContext,
): Promise<AssembledLayers> {
  const here = { ...context, platform: readPlatform(true) };
  // What is installed is for this machine, and so is what is checked against the lock.
  const { inputs } = await readImageInputs(here, service, null);
  const { locks, platform } = context;
  const store = imageCacheFolder(workspace);
  return assembleLayers({
    context,
    service,
    closure: planClosure({ lock: locks.wanted, from: [service.folder], platform }),
    watched: new Set(Object.keys(inputs.files)),
    store,
    isFresh: false,
    findFolder: (wanted) => findFolder(context, service, wanted),
  });
}

/** Null for what is installed here and runs there. */
async function findFolder(
  { workspace, platform }: ImageContext,
  { name: service }: Service,
  wanted: ClosurePackage,
): Promise<string | null> {
  const here = readPlatform(true);
  const isSame = here.os === platform.os && here.cpu === platform.cpu;
  if (wanted.locked.hasInstallScript === true && !isSame) {
    throw new SlipwayError(
      "IMAGE_BUILD_FAILED",
      `${service} needs ${wanted.name}, which is compiled when it is installed; that can't be done here for ${platform.os}/${platform.cpu}.`,
      {
        hint: "Release for one platform from a machine of it, or replace the package by one with an optional package a platform.",
      },
    );
  }
  const folder = path.join(imageCacheFolder(workspace), "packages");
  return fitsPlatform(wanted.locked, here) ? null : fetchPackage({ workspace, folder }, wanted);
}
