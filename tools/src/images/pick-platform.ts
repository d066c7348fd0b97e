import { SlipwayError } from "../errors.ts";
import type { Registry } from "../registries/registry.ts";
import { ImageIndex, isIndex, parseDocument } from "./oci-documents.ts";
import { formatArchitecture } from "./platform.ts";

interface StoredManifest {
  registry: Registry;
  repository: string;
  /** A manifest, or an index of several platforms. */
  content: Uint8Array;
}

/** The manifest for this machine: of an index the one of its processor, else what was given. */
export async function pickPlatform({
  registry,
  repository,
  content,
}: StoredManifest): Promise<Uint8Array> {
  if (!isIndex(content)) return content;
  const architecture = formatArchitecture(process.arch);
  const { manifests } = parseDocument(ImageIndex, content, `Index of ${repository}`);
  const found = manifests.find(({ platform }) => platform?.architecture === architecture);
  const manifest = found && (await registry.readManifest(repository, found.digest));
  if (manifest) return manifest;
  throw new SlipwayError("IMAGE_MISSING", `${repository} has no image for linux/${architecture}.`, {
    hint: "Name the platform in tools/slipway.yaml under release.platforms, and release the next version.",
  });
}
