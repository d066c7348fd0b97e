import type { Clock } from "../deploy/run-ports.ts";
import { systemClock } from "../deploy/system-clock.ts";
import type { ConnectEnvironment } from "../hosts/platform.ts";
import type { LedgerStore } from "../ledger/ledger-store.ts";
import type { Registry } from "../registries/registry.ts";
import type { ReleaseSet } from "../release/release-set.ts";
import type { BuildSetRequest } from "./build-release-set.ts";

/** What commands use of the machine. Each is loaded when it is first used, so that start-up stays short. */
export interface Adapters {
  clock: Clock;
  connect: ConnectEnvironment;
  createStore(folder: string): Promise<LedgerStore>;
  createRegistry(workspace: string): Promise<Registry>;
  /** Builds what has changed in the working tree. */
  buildSet(request: BuildSetRequest): Promise<ReleaseSet>;
}

export const adapters: Adapters = {
  clock: systemClock,
  async connect(options) {
    const { connectProcessEnvironment } =
      await import("../runtimes/connect-process-environment.ts");
    return connectProcessEnvironment(options);
  },
  async createStore(folder) {
    const { createLocalDirStore } = await import("../ledger/local-dir.ts");
    return createLocalDirStore(folder);
  },
  async createRegistry(workspace) {
    const { createOciLayoutRegistry } = await import("../registries/oci-layout.ts");
    const { imagesFolder } = await import("../images/image-folders.ts");
    return createOciLayoutRegistry(imagesFolder(workspace));
  },
  async buildSet(request) {
    const { buildReleaseSet } = await import("./build-release-set.ts");
    return buildReleaseSet(request);
  },
};
