import { readFile } from "node:fs/promises";
import path from "node:path";

import { SlipwayError } from "../errors.ts";
import { blobPath } from "../registries/oci-layout.ts";
import { hasCode } from "../workspace/has-code.ts";
import { computeDigest, isDigest } from "./digest.ts";
import { embeddedBase, type ImageBase } from "./image-base.ts";
import {
  ImageConfig,
  ImageIndex,
  ImageManifest,
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
}

export async function readBase(request: BaseRequest): Promise<ImageBase> {
  const { name } = request;
  if (name === "embedded") {
    return embeddedBase;
  }
  if (name.startsWith("oci:")) {
    return readLayoutBase(request);
  }
  if (!/@sha256:[0-9a-f]{64}$/u.test(name)) {
    throw refuse(name, "is not pinned: expected …@sha256: and 64 hexadecimal digits");
  }
  throw new SlipwayError("NOT_BUILT_YET", `The base image ${name} lies in a registry.`, {
    hint: "Registries can't be read yet. Copy it: skopeo copy docker://… oci:bases/node:24, and set base: oci:bases/node:24",
  });
}

async function readLayoutBase(request: BaseRequest): Promise<ImageBase> {
  const { folder, reference } = parseLayoutName(request);
  const entry = await findManifest(request, folder, reference);
  const manifest = parseDocument(
    ImageManifest,
    await readVerified(folder, entry.digest),
    `Base ${request.name}`,
  );
  const config = parseDocument(
    ImageConfig,
    await readVerified(folder, manifest.config.digest),
    `Configuration of base ${request.name}`,
  );
  return {
    name: request.name,
    digest: entry.digest,
    layers: manifest.layers.map(toOciLayer),
    config,
    folder,
  };
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
): Promise<Descriptor> {
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
  return entry.mediaType === mediaTypes.index ? findPlatform(request, folder, entry) : entry;
}

async function findPlatform(
  request: BaseRequest,
  folder: string,
  { digest }: Descriptor,
): Promise<Descriptor> {
  const index = parseDocument(ImageIndex, await readVerified(folder, digest), `Index ${digest}`);
  const entry = index.manifests.find(
    ({ platform }) => platform?.os === "linux" && platform.architecture === request.architecture,
  );
  if (entry === undefined) {
    throw refuse(request.name, `has no image for linux/${request.architecture}`);
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

function refuse(name: string, fault: string): SlipwayError {
  return new SlipwayError("CONFIG_INVALID", `The base image ${name} ${fault}.`, {
    hint: "The setting is image.base in tools/slipway.yaml.",
  });
}
