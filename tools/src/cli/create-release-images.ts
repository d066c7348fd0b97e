import { SlipwayError } from "../errors.ts";
import { createBlobPool } from "../registries/blob-pool.ts";
import { createOciLayoutRegistry } from "../registries/oci-layout.ts";
import { publishImage } from "../registries/publish-image.ts";
import type { ReleaseImages } from "../release/release-ports.ts";
import type { ImagePlatform } from "../release/release-set.ts";
import type { CliProcess } from "./command.ts";
import type { ReleaseTarget } from "./open-release-registry.ts";

export interface ReleaseImagesOptions {
  workspace: string;
  env: CliProcess["env"];
  target: ReleaseTarget;
  repository: (service: string) => string;
  platforms: readonly ImagePlatform[];
  /** Where images lie until they are published. */
  folder: string;
  onNote: (text: string) => void;
}

/** Builds on this machine, sends to the registry of the release. */
export function createReleaseImages(options: ReleaseImagesOptions): ReleaseImages {
  const { target, repository, folder } = options;
  const layout = createOciLayoutRegistry(folder);
  const pool = createBlobPool({ registry: target.host });
  return {
    async build() {
      throw new SlipwayError("NOT_BUILT_YET", "Images of a release can't be built yet.");
    },
    async publish(service, { digest }) {
      const from = { registry: layout, repository: service };
      const to = { registry: target.registry, repository: repository(service) };
      return (await publishImage({ from, to, digest, pool })).sentBytes;
    },
  };
}
