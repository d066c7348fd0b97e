import { randomBytes } from "node:crypto";
import { chmod, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";

import { SlipwayError } from "../errors.ts";
import type { Registry } from "../registries/registry.ts";
import { hasCode } from "../workspace/has-code.ts";
import { formatDigestAsName } from "./digest.ts";
import { fetchBlob } from "./fetch-blob.ts";
import { labels } from "./labels.ts";
import { ImageConfig, ImageManifest, parseDocument, type Descriptor } from "./oci-documents.ts";
import { pickPlatform } from "./pick-platform.ts";
import { createUnpackState, unpackLayer } from "./unpack-layer.ts";

export interface UnpackRequest {
  registry: Registry;
  repository: string;
  /** Digest of the image's manifest. */
  digest: string;
  /** Folder of unpacked images, one a digest. Absolute. */
  into: string;
}

export interface UnpackedImage {
  /** Root of the image's file system; the service is at `<folder>/app`. */
  folder: string;
  config: ImageConfig;
}

/** Everything unpacked of one image; delete it to forget the image. */
export function unpackedImageFolder(into: string, digest: string): string {
  return path.join(into, formatDigestAsName(digest));
}

/**
 * The layers above the base, verified (digest before, diff_id after) and unpacked once per digest.
 * Appears whole or not at all, so several processes may ask for the same image.
 */
export async function unpackImage(request: UnpackRequest): Promise<UnpackedImage> {
  return (await readUnpacked(request)) ?? (await unpack(request));
}

async function readUnpacked({ into, digest }: UnpackRequest): Promise<UnpackedImage | null> {
  const home = unpackedImageFolder(into, digest);
  const file = path.join(home, "config.json");
  try {
    return {
      folder: path.join(home, "rootfs"),
      config: parseDocument(ImageConfig, await readFile(file), file),
    };
  } catch (error) {
    if (hasCode(error, "ENOENT")) {
      return null;
    }
    throw error;
  }
}

async function unpack(request: UnpackRequest): Promise<UnpackedImage> {
  const { manifest, config, configBytes } = await fetchDocuments(request);
  const layers = planOwnLayers(request, manifest, config);
  const home = unpackedImageFolder(request.into, request.digest);
  const temporary = `${home}.${process.pid}-${randomBytes(4).toString("hex")}.tmp`;
  try {
    await createFolder(path.join(temporary, "rootfs"));
    await unpackLayers(request, layers, path.join(temporary, "rootfs"));
    await writeFile(path.join(temporary, "config.json"), configBytes);
    await moveIntoPlace(temporary, home);
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
  return { folder: path.join(home, "rootfs"), config };
}

async function fetchDocuments({ registry, repository, digest }: UnpackRequest) {
  const bytes = await registry.readManifest(repository, digest);
  if (bytes === null) {
    throw new SlipwayError("IMAGE_MISSING", `There is no image ${repository}@${digest}.`, {
      hint: `Build it: npx slipway image ${repository}`,
    });
  }
  const content = await pickPlatform({ registry, repository, content: bytes });
  const manifest = parseDocument(ImageManifest, content, `Manifest ${digest}`);
  const configBytes = await fetchBlob(registry, repository, manifest.config);
  const config = parseDocument(
    ImageConfig,
    configBytes,
    `Configuration of ${repository}@${digest}`,
  );
  return { manifest, config, configBytes };
}

interface OwnLayer {
  descriptor: Descriptor;
  diffId: string;
}

function planOwnLayers(
  { repository, digest }: UnpackRequest,
  manifest: ImageManifest,
  config: ImageConfig,
): OwnLayer[] {
  const baseLayers = config.config.Labels?.[labels.baseLayers];
  if (baseLayers === undefined || !/^\d+$/u.test(baseLayers)) {
    throw new SlipwayError(
      "IMAGE_FOREIGN",
      `${repository}@${digest} was not assembled by Slipway, so its base layers are unknown.`,
      { hint: "Deploy it to an environment with a container engine." },
    );
  }
  const diffIds = config.rootfs.diff_ids;
  if (diffIds.length !== manifest.layers.length) {
    throw new SlipwayError(
      "IMAGE_INVALID",
      `${repository}@${digest} has ${manifest.layers.length} layers but ${diffIds.length} diff_ids.`,
      { hint: "Build the image again: npx slipway image --fresh" },
    );
  }
  return manifest.layers
    .map((descriptor, position) => ({ descriptor, diffId: diffIds[position] ?? "" }))
    .slice(Number(baseLayers));
}

async function unpackLayers(
  { registry, repository }: UnpackRequest,
  layers: readonly OwnLayer[],
  root: string,
): Promise<void> {
  const state = createUnpackState(root);
  for (const { descriptor, diffId } of layers) {
    await unpackLayer(await fetchBlob(registry, repository, descriptor), {
      descriptor,
      diffId,
      state,
    });
  }
}

async function createFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  // A service may run as another user, whatever this process's umask is.
  await chmod(folder, 0o755);
  await chmod(path.dirname(folder), 0o755);
}

async function moveIntoPlace(temporary: string, home: string): Promise<void> {
  try {
    await rename(temporary, home);
  } catch (error) {
    // Somebody else has unpacked the same digest meanwhile: the same content.
    if (!hasCode(error, "ENOTEMPTY") && !hasCode(error, "EEXIST")) {
      throw error;
    }
  }
}
