import { SlipwayError } from "../errors.ts";
import type { Registry } from "../registries/registry.ts";
import { fetchBlob } from "./fetch-blob.ts";
import { labels } from "./labels.ts";
import { ImageConfig, ImageManifest, parseDocument } from "./oci-documents.ts";

/** Whether the image is there, whole and undamaged. Layers of the base are only looked for. */
export async function isStored(
  registry: Registry,
  repository: string,
  digest: string,
): Promise<boolean> {
  try {
    return await isWhole(registry, repository, digest);
  } catch (error) {
    if (error instanceof SlipwayError) {
      return false;
    }
    throw error;
  }
}

async function isWhole(registry: Registry, repository: string, digest: string): Promise<boolean> {
  const bytes = await registry.readManifest(repository, digest);
  if (bytes === null) {
    return false;
  }
  const manifest = parseDocument(ImageManifest, bytes, digest);
  const configBytes = await fetchBlob(registry, repository, manifest.config);
  const config = parseDocument(ImageConfig, configBytes, manifest.config.digest);
  const baseLayers = Number(config.config.Labels?.[labels.baseLayers] ?? manifest.layers.length);
  const base = manifest.layers.slice(0, baseLayers);
  const present = await Promise.all(
    base.map((layer) => registry.hasBlob(repository, layer.digest)),
  );
  const own = manifest.layers.slice(baseLayers);
  await Promise.all(own.map((layer) => fetchBlob(registry, repository, layer)));
  return present.every(Boolean);
}
