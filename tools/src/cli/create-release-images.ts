import { buildReleaseImages, readReleaseInputs } from "../images/build-release-images.ts";
import { createBlobPool } from "../registries/blob-pool.ts";
import { createOciLayoutRegistry } from "../registries/oci-layout.ts";
import { publishImage } from "../registries/publish-image.ts";
import type { ReleaseImages } from "../release/release-ports.ts";
import type { ImagePlatform } from "../release/release-set.ts";
import type { ReleaseTarget } from "./open-release-registry.ts";

export interface ReleaseImagesOptions {
  workspace: string;
  target: ReleaseTarget;
  repository: (service: string) => string;
  platforms: readonly ImagePlatform[];
  /** Where images lie until they are published. */
  folder: string;
  /** File of the key that signs; null where nothing is signed. */
  signingKeyFile: string | null;
  onNote: (text: string) => void;
}

/** Builds on this machine, sends to the registry of the release. */
export function createReleaseImages(options: ReleaseImagesOptions): ReleaseImages {
  const { workspace, target, repository, platforms, folder, signingKeyFile, onNote } = options;
  const layout = createOciLayoutRegistry(folder);
  const pool = createBlobPool({ registry: target.host });
  const common = {
    workspace,
    folder,
    platforms,
    ...(signingKeyFile !== null && { signingKeyFile }),
  };
  return {
    async checkInputs(services, commit) {
      await readReleaseInputs({ ...common, services, commit });
    },
    async build(services, commit) {
      const images = await buildReleaseImages({
        ...common,
        services,
        commit,
        log: ({ service, version, digest }) => {
          onNote(`  ${service} ${version} built as ${digest.slice(0, 19)}`);
        },
      });
      return Object.fromEntries(images.map(({ service, released }) => [service, released]));
    },
    async publish(service, { digest }) {
      const from = { registry: layout, repository: service };
      const to = { registry: target.registry, repository: repository(service) };
      const isSigned = signingKeyFile !== null;
      return (await publishImage({ from, to, digest, pool, isSigned })).sentBytes;
    },
  };
}
