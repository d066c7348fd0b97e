/** What a layer holds, from the bottom up. Fixed and few: what changes seldom lies lower. */
export const layerNames = ["deps", "vendor", "assets", "app"] as const;

export type LayerName = (typeof layerNames)[number];

/** A layer of our own, stored compressed. */
export interface ImageLayer {
  name: LayerName;
  /** Digest of the compressed bytes, as the registry knows it. */
  digest: string;
  /** Digest of the tar inside: the identity of what it holds. */
  diffId: string;
  sizeBytes: number;
}
