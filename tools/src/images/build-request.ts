import type { Registry } from "../registries/registry.ts";
import type { Service } from "../workspace/service-manifest.ts";
import type { ImageLayer } from "./image-layer.ts";
import type { ImageContext } from "./read-image-inputs.ts";

export interface BuildRequest {
  context: ImageContext;
  service: Service;
  /** Where the image goes. */
  registry: Registry;
  /** Build even when nothing has changed. */
  isFresh: boolean;
}

/** What a build came to. */
export interface MadeImage {
  digest: string;
  imageKey: string;
  commit: string;
  layers: readonly ImageLayer[];
  /** The image of the last build was kept, because its content is the same. */
  isKept: boolean;
}
