import { readFile } from "node:fs/promises";
import path from "node:path";

import { SlipwayError } from "../errors.ts";
import { blobPath } from "../registries/blob-path.ts";
import { createDistributionRegistry } from "../registries/distribution.ts";
import {
  parseImageReference,
  type ImageReference,
} from "../registries/distribution/parse-image-reference.ts";
import { hasCode } from "../workspace/has-code.ts";
import { computeDigest, isDigest } from "./digest.ts";
import { fetchBase, fetchBaseConfig, fetchBaseDocument } from "./fetch-base.ts";
import { embeddedBase, type ImageBase } from "./image-base.ts";
import { imageCacheFolder } from "./image-folders.ts";
import {
  ImageConfig,
  ImageIndex,
  ImageManifest,
  isIndex,
  mediaTypes,
  parseDocument,
  type Descriptor,
} from "./oci-documents.ts";

export interface BaseRequest {
  /** As in the settings. */
  name: string;
  /** Folder that a relative layout starts from. */
  workspace: string;
  /** OCI's word: `amd64`. */
  architecture: string;
  /** Leave the layers in the registry: only their digests are needed. */
  isRemote?: boolean;
}

export async function readBase(request: BaseRequest): Promise<ImageBase> {
  const { name } = request;
  if (name === "embedded") {
    return embeddedBase;
  }
  if (name.startsWith("oci:")) {
    return readLayoutBase(request);
  }
  const reference = parseImageReference(name);
  if (reference === null) {
    throw refuse(name, "is not pinned: expected …@sha256: and 64 hexadecimal digits");
  }
  return readRegistryBase(request, reference);
}

async function readRegistryBase(
  request: BaseRequest,
  reference: ImageReference,
): Promise<ImageBase> {
  const folder = path.join(imageCacheFolder(request.workspace), "bases");
  const store = {
    folder,
    registry: createDistributionRegistry(reference.registry),
    repository: reference.repository,
  };
  const content = await fetchBaseDocument(store, reference.digest);
  const digest = isIndex(content)
    ? pickPlatform(request, parseDocument(ImageIndex, content, `Index ${reference.digest}`)).digest
    : reference.digest;
  await (request.isRemote === true ? fetchBaseConfig(store, digest) : fetchBase(store, digest));
  return describeBase(request, { folder, digest, pinned: reference.digest });
}

async function readLayoutBase(request: BaseRequest): Promise<ImageBase> {
  const { folder, reference } = parseLayoutName(request);
  const { pinned, digest } = await findManifest(request, folder, reference);
  return describeBase(request, { folder, digest, pinned });
}

async function describeBase(
  request: BaseRequest,
  { folder, digest, pinned }: { folder: string; digest: string; pinned: string },
): Promise<ImageBase> {
  const { name } = request;
  const manifest = parseDocument(ImageManifest, await readVerified(folder, digest), `Base ${name}`);
  const config = parseDocument(
    ImageConfig,
    await readVerified(folder, manifest.config.digest),
    `Configuration of base ${name}`,
  );
  if (config.architecture !== request.architecture) {
    throw refusePlatform(request);
  }
  return { name, digest, pinned, layers: manifest.layers.map(toOciLayer), config, folder };
}

function parseLayoutName({ name, workspace }: BaseRequest) {
  const match = /^oci:(?<folder>[^@:]+)(?:[@:](?<reference>.+))?$/u.exec(name);
  const folder = match?.groups?.["folder"];
  if (folder === undefined) {
    throw refuse(name, "is not of the form oci:folder:tag");
  }
  return { folder: path.resolve(workspace, folder), reference: match?.groups?.["reference"] };
}

async function findManifest(
  request: BaseRequest,
  folder: string,
  reference: string | undefined,
): Promise<{ pinned: string; digest: string }> {
  const index = await readIndex(request, folder);
  const entry = index.manifests.find(
    ({ digest, annotations }) =>
      reference === undefined ||
      digest === reference ||
      annotations?.["org.opencontainers.image.ref.name"] === reference,
  );
  if (entry === undefined) {
    throw refuse(request.name, `is not among the ${index.manifests.length} images of its layout`);
  }
  const isOne = entry.mediaType !== mediaTypes.index;
  const { digest } = isOne ? entry : await findPlatform(request, folder, entry);
  return { pinned: entry.digest, digest };
}

async function findPlatform(
  request: BaseRequest,
  folder: string,
  { digest }: Descriptor,
): Promise<Descriptor> {
  const content = await readVerified(folder, digest);
  return pickPlatform(request, parseDocument(ImageIndex, content, `Index ${digest}`));
}

function pickPlatform(request: BaseRequest, index: ImageIndex): Descriptor {
  const entry = index.manifests.find(
    ({ platform }) => platform?.os === "linux" && platform.architecture === request.architecture,
  );
  if (entry === undefined) {
    throw refusePlatform(request);
  }
  return entry;
}

async function readIndex(request: BaseRequest, folder: string): Promise<ImageIndex> {
  const file = path.join(folder, "index.json");
  try {
    return parseDocument(ImageIndex, await readFile(file), file);
  } catch (error) {
    throw hasCode(error, "ENOENT")
      ? refuse(request.name, "names a folder without index.json")
      : error;
  }
}

async function readVerified(folder: string, digest: string): Promise<Uint8Array> {
  const content = await readFile(blobPath(folder, digest));
  if (!isDigest(digest) || computeDigest(content) !== digest) {
    throw new SlipwayError("DIGEST_MISMATCH", `Blob ${digest} of the base image is damaged.`, {
      hint: "Copy the base image again.",
    });
  }
  return content;
}

/** Docker's and OCI's layers are the same bytes under two names; one manifest must not mix them. */
function toOciLayer(layer: Descriptor): Descriptor {
  const mediaType = layer.mediaType.replace(
    /^application\/vnd\.docker\.image\.rootfs\.diff\.tar\.gzip$/u,
    mediaTypes.layerGzip,
  );
  return { mediaType, digest: layer.digest, size: layer.size };
}

function refusePlatform({ name, architecture }: BaseRequest): SlipwayError {
  return new SlipwayError(
    "CONFIG_INVALID",
    `The base image ${name} has no image for linux/${architecture}.`,
    {
      hint: "In tools/slipway.yaml, name a base that has it (image.base, image.releaseBase), or release for fewer platforms (release.platforms).",
    },
  );
}

function refuse(name: string, fault: string): SlipwayError {
  return new SlipwayError("CONFIG_INVALID", `The base image ${name} ${fault}.`, {
    hint: "The setting is image.base or image.releaseBase in tools/slipway.yaml.",
  });
}
