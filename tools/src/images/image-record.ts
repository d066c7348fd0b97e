import { Type, type Static } from "typebox";

import { ServiceNeeds } from "../workspace/service-manifest.ts";
import { layerNames } from "./image-layer.ts";

const FileInput = Type.Object({
  sizeBytes: Type.Number(),
  /** Modification and change time in nanoseconds; equal ones mean that the file need not be read again. */
  times: Type.String(),
  hash: Type.String(),
});

/** What an image was made from: files by path, packages by folder, settings by name. */
export const ImageInputs = Type.Object({
  files: Type.Record(Type.String(), FileInput),
  packages: Type.Record(Type.String(), Type.String()),
  settings: Type.Record(Type.String(), Type.String()),
});

const Layer = Type.Object({
  name: Type.Enum(layerNames),
  digest: Type.String(),
  diffId: Type.String(),
  sizeBytes: Type.Number(),
});

const ReleasedImage = Type.Object({
  version: Type.String(),
  digest: Type.String(),
  imageKey: Type.String(),
  schema: Type.Union([Type.Object({ min: Type.Number(), max: Type.Number() }), Type.Null()]),
  needs: ServiceNeeds,
});

/** What is remembered of the last build of a service. */
export const ImageRecord = Type.Object({
  inputs: ImageInputs,
  released: ReleasedImage,
  /** Commit that the image carries. */
  commit: Type.String(),
  layers: Type.Array(Layer),
});

export type FileInput = Static<typeof FileInput>;
export type ImageInputs = Static<typeof ImageInputs>;
export type ImageRecord = Static<typeof ImageRecord>;
