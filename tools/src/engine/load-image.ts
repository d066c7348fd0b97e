import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";

import { pack, type Pack } from "tar-stream";
import Type from "typebox";

import { SlipwayError } from "../errors.ts";
import { labels as imageLabels } from "../images/labels.ts";
import { ImageConfig, ImageManifest, mediaTypes, parseDocument } from "../images/oci-documents.ts";
import type { Registry } from "../registries/registry.ts";
import type { ImageReference } from "../runtimes/runtime.ts";
import type { EngineClient } from "./engine-client.ts";

const Inspected = Type.Object({ Id: Type.String() });

/** Whose images they are: an environment, which prunes its own only. */
export interface ImageScope {
  engine: EngineClient;
  scope: string;
}

/**
 * The engine's id of the image, brought there from the registry when it lacks it. The name is made of the digest, so an
 * engine that has the name has the content: the engine itself checks every blob while it reads the archive.
 */
export async function ensureImage(
  { engine, scope }: ImageScope,
  registry: Registry,
  image: ImageReference,
): Promise<string> {
  const name = nameOf(scope, image);
  const known = await inspect(engine, name);
  if (known !== null) return known;
  const content = await registry.readManifest(image.service, image.digest);
  if (content === null) throw missing(image);
  const manifest = parseDocument(ImageManifest, content, `Image ${image.digest}`);
  await requireSystem(registry, image, manifest);
  await engine.send({
    method: "POST",
    path: "/images/load?quiet=1",
    upload: packImage(registry, image, { content, manifest, name }),
  });
  const id = await inspect(engine, name);
  // The containerd store names an image by its manifest, the older stores by its configuration.
  if (id === image.digest || id === manifest.config.digest) return id;
  throw new SlipwayError(
    "DIGEST_MISMATCH",
    `The engine of ${engine.host.name} has ${name} as ${id ?? "nothing"}, expected ${image.digest}.`,
  );
}

/** Name that the engine has of an image we brought there. */
export function nameOf(scope: string, { service, digest }: ImageReference): string {
  return `${namePrefix(scope)}${service}:${digest.slice("sha256:".length)}`;
}

/** No registry, so nobody can be asked for these names by mistake. */
export function namePrefix(scope: string): string {
  return `slipway.local/${scope}/`;
}

async function inspect(engine: EngineClient, name: string): Promise<string | null> {
  const found = await engine.call(Inspected, { path: `/images/${encodeURIComponent(name)}/json` });
  return found?.Id ?? null;
}

async function requireSystem(
  registry: Registry,
  image: ImageReference,
  { config }: ImageManifest,
): Promise<void> {
  const content = await buffer(await registry.readBlob(image.service, config.digest));
  const { config: settings } = parseDocument(
    ImageConfig,
    content,
    `Configuration of ${image.service}`,
  );
  const labels = settings.Labels ?? {};
  if (labels[imageLabels.base] !== "embedded") return;
  throw new SlipwayError(
    "IMAGE_FOREIGN",
    `The image of ${image.service}@${image.version} has no operating system, so no container can run it.`,
    {
      hint: "Name a base image: image.base in tools/slipway.yaml, or `imageBase` of the environment.",
    },
  );
}

/** The image as one archive in OCI's layout, made while it is sent. */
function packImage(
  registry: Registry,
  image: ImageReference,
  { content, manifest, name }: { content: Uint8Array; manifest: ImageManifest; name: string },
): Readable {
  const archive = pack();
  const index = {
    schemaVersion: 2,
    manifests: [
      {
        mediaType: manifest.mediaType ?? mediaTypes.manifest,
        digest: image.digest,
        size: content.byteLength,
        annotations: { "io.containerd.image.name": name },
      },
    ],
  };
  const fill = async () => {
    await addEntry(archive, plain("oci-layout", Buffer.from('{"imageLayoutVersion":"1.0.0"}')));
    await addEntry(archive, plain("index.json", Buffer.from(JSON.stringify(index))));
    await addEntry(archive, plain(blobName(image.digest), content));
    const blobs = new Map([manifest.config, ...manifest.layers].map((one) => [one.digest, one]));
    for (const { digest, size } of blobs.values()) {
      const blob = await registry.readBlob(image.service, digest);
      await addEntry(archive, { name: blobName(digest), size, content: blob });
    }
    archive.finalize();
  };
  fill().catch((cause: unknown) =>
    archive.destroy(cause instanceof Error ? cause : new Error(String(cause))),
  );
  return Readable.from(archive);
}

interface ArchiveEntry {
  name: string;
  size: number;
  content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

async function addEntry(archive: Pack, { name, size, content }: ArchiveEntry): Promise<void> {
  const entry = archive.entry({ name, size });
  await pipeline(content, entry);
}

function plain(name: string, content: Uint8Array): ArchiveEntry {
  return { name, size: content.byteLength, content: [content] };
}

function blobName(digest: string): string {
  return `blobs/${digest.replace(":", "/")}`;
}

function missing({ service, version, digest }: ImageReference): SlipwayError {
  return new SlipwayError("IMAGE_MISSING", `There is no image ${service}@${version} ${digest}.`, {
    hint: `Build it: npx slipway image ${service}`,
  });
}
