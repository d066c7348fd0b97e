import type { Descriptor, ImageConfig } from "./oci-documents.ts";

/** What lies below our layers. */
export interface ImageBase {
  /** As it is written in the settings: `embedded`, `oci:../bases/node:24`. */
  name: string;
  /** Digest of the base's manifest; null when there is none. */
  digest: string | null;
  /** Digest that the setting names: of an index when the base has several platforms. */
  pinned: string | null;
  layers: readonly Descriptor[];
  config: ImageConfig | null;
  /** OCI layout that holds the layers. */
  folder: string | null;
}

/** No operating system: the image runs as a plain process on a machine that has node. */
export const embeddedBase: ImageBase = {
  name: "embedded",
  digest: null,
  pinned: null,
  layers: [],
  config: null,
  folder: null,
};
