import { Type, type Static, type TSchema } from "typebox";
import { Check, Errors } from "typebox/value";

import { SlipwayError } from "../errors.ts";
import { computeDigest, digestPattern } from "./digest.ts";

export const mediaTypes = {
  index: "application/vnd.oci.image.index.v1+json",
  manifest: "application/vnd.oci.image.manifest.v1+json",
  config: "application/vnd.oci.image.config.v1+json",
  layerGzip: "application/vnd.oci.image.layer.v1.tar+gzip",
  empty: "application/vnd.oci.empty.v1+json",
} as const;

/** Configuration of artifacts that have none: the two bytes `{}`. */
export const emptyDescriptor = {
  mediaType: mediaTypes.empty,
  digest: computeDigest("{}"),
  size: 2,
} as const;

const Digest = Type.String({ pattern: digestPattern });
const StringMap = Type.Record(Type.String(), Type.String());

export const Descriptor = Type.Object({
  mediaType: Type.String(),
  digest: Digest,
  size: Type.Integer({ minimum: 0 }),
  /** What an artifact is; only in an index. */
  artifactType: Type.Optional(Type.String()),
  annotations: Type.Optional(StringMap),
  platform: Type.Optional(
    Type.Object({
      architecture: Type.String(),
      os: Type.String(),
      variant: Type.Optional(Type.String()),
    }),
  ),
});

export const ImageManifest = Type.Object({
  schemaVersion: Type.Literal(2),
  mediaType: Type.Optional(Type.String()),
  /** What an artifact is; images have none. */
  artifactType: Type.Optional(Type.String()),
  config: Descriptor,
  layers: Type.Array(Descriptor, { maxItems: 127 }),
  /** What it refers to: the image that an SBOM describes. */
  subject: Type.Optional(Descriptor),
  annotations: Type.Optional(StringMap),
});

export const ImageIndex = Type.Object({
  schemaVersion: Type.Literal(2),
  mediaType: Type.Optional(Type.String()),
  manifests: Type.Array(Descriptor),
  annotations: Type.Optional(StringMap),
});

const History = Type.Object({
  created: Type.Optional(Type.String()),
  created_by: Type.Optional(Type.String()),
  comment: Type.Optional(Type.String()),
  empty_layer: Type.Optional(Type.Boolean()),
});

export const ImageConfig = Type.Object({
  created: Type.Optional(Type.String()),
  architecture: Type.String(),
  os: Type.String(),
  variant: Type.Optional(Type.String()),
  config: Type.Object({
    User: Type.Optional(Type.String()),
    ExposedPorts: Type.Optional(Type.Record(Type.String(), Type.Object({}))),
    Env: Type.Optional(Type.Array(Type.String())),
    Entrypoint: Type.Optional(Type.Union([Type.Array(Type.String()), Type.Null()])),
    Cmd: Type.Optional(Type.Union([Type.Array(Type.String()), Type.Null()])),
    WorkingDir: Type.Optional(Type.String()),
    Labels: Type.Optional(Type.Union([StringMap, Type.Null()])),
  }),
  rootfs: Type.Object({ type: Type.Literal("layers"), diff_ids: Type.Array(Digest) }),
  history: Type.Optional(Type.Array(History)),
});

export type Descriptor = Static<typeof Descriptor>;
export type ImageManifest = Static<typeof ImageManifest>;
export type ImageIndex = Static<typeof ImageIndex>;
export type ImageConfig = Static<typeof ImageConfig>;

/** Whether a document that a registry gave out lists images instead of being one; Docker's and OCI's alike. */
export function isIndex(content: Uint8Array): boolean {
  const document = parseJson(content, "What the registry sent");
  return typeof document === "object" && document !== null && "manifests" in document;
}

/** JSON of known shape, or IMAGE_INVALID naming the document and its first fault. */
export function parseDocument<T extends TSchema>(
  schema: T,
  content: Uint8Array,
  name: string,
): Static<T> {
  const value = parseJson(content, name);
  if (Check(schema, value)) {
    return value;
  }
  const [fault] = Errors(schema, value);
  throw new SlipwayError(
    "IMAGE_INVALID",
    `${name} is not a valid OCI document: ${fault?.instancePath || "/"} ${fault?.message ?? "does not match"}.`,
    { hint: "Build the image again: npx slipway image --fresh" },
  );
}

function parseJson(content: Uint8Array, name: string): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(content));
  } catch (cause) {
    throw new SlipwayError("IMAGE_INVALID", `${name} is not JSON.`, {
      cause,
      hint: "Build the image again: npx slipway image --fresh",
    });
  }
}
