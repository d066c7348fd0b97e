import type { ReleasedService } from "../release/release-set.ts";
import type { ImageLayer } from "./image-layer.ts";

/** An image in `dist/images/<service>`, tagged with its version. */
export interface BuiltImage {
  service: string;
  version: string;
  /** Commit that the image carries: of the build that first made this content. */
  commit: string;
  /** Digest of its manifest. */
  digest: string;
  imageKey: string;
  /** True when nothing was bundled or packed. */
  cached: boolean;
  /** Why it was built, or that it was not: one line. */
  reason: string;
  /** Compressed, without the base. */
  sizeBytes: number;
  layers: readonly ImageLayer[];
  /** Its entry in a release set. */
  released: ReleasedService;
}
