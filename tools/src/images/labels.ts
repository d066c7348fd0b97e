/** Names of the labels that Slipway reads back from an image. */
export const labels = {
  title: "org.opencontainers.image.title",
  description: "org.opencontainers.image.description",
  version: "org.opencontainers.image.version",
  revision: "org.opencontainers.image.revision",
  baseName: "org.opencontainers.image.base.name",
  baseDigest: "org.opencontainers.image.base.digest",
  /** Hash of everything that went in but version and commit. */
  imageKey: "org.aegee.slipway.image-key",
  /** JSON: the service's manifest and schema range, so that a deployment needs no checkout. */
  service: "org.aegee.slipway.service",
  /** `embedded` when there are no operating-system layers: such an image runs as a process only. */
  base: "org.aegee.slipway.base",
  /** How many of the first layers belong to the base. */
  baseLayers: "org.aegee.slipway.base-layers",
  nodeMajor: "org.aegee.slipway.node-major",
} as const;
