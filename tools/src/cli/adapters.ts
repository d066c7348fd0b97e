import type { Environment } from "../config/environment-schema.ts";
import type { Clock } from "../deploy/run-ports.ts";
import { systemClock } from "../deploy/system-clock.ts";
import type { FlowsResult, FlowsRun } from "../e2e/run-flows.ts";
import type { ConnectEnvironment } from "../hosts/platform.ts";
import type { LedgerStore } from "../ledger/ledger-store.ts";
import type { LedgerPlace } from "../ledger/open-ledger-store.ts";
import type { Registry } from "../registries/registry.ts";
import type { ReleaseSet } from "../release/release-set.ts";
import type { MailTrip } from "../verify/try-mail.ts";
import type { BuildSetRequest } from "./build-release-set.ts";

/** What commands use of the machine. Each is loaded when it is first used, so that start-up stays short. */
export interface Adapters {
  clock: Clock;
  connect: ConnectEnvironment;
  createStore(place: LedgerPlace): Promise<LedgerStore>;
  /** Images of the working tree and, where releases are deployed, those of the registry. */
  createRegistry(workspace: string, source: Environment["source"]): Promise<Registry>;
  /** Builds what has changed in the working tree. */
  buildSet(request: BuildSetRequest): Promise<ReleaseSet>;
  /** A set that was released: its name, or `latest`. */
  readSet(workspace: string, id: string): Promise<ReleaseSet>;
  /** Hands a document to a webhook; throws when it is not taken. */
  postJson(url: string, document: unknown): Promise<void>;
  /** Sends a mail through the environment; what is wrong, or null. */
  tryMail(trip: MailTrip): Promise<string | null>;
  /** Walks through the flows in a browser. */
  runFlows(run: FlowsRun): Promise<FlowsResult>;
}

export const adapters: Adapters = {
  clock: systemClock,
  async connect(options) {
    const { compose } = options.environment;
    if (compose !== undefined) {
      const { connectComposeEnvironment } =
        await import("../runtimes/connect-compose-environment.ts");
      return connectComposeEnvironment(options, compose);
    }
    const { connectProcessEnvironment } =
      await import("../runtimes/connect-process-environment.ts");
    return connectProcessEnvironment(options);
  },
  async createStore(place) {
    const { openLedgerStore } = await import("../ledger/open-ledger-store.ts");
    return openLedgerStore(place);
  },
  async createRegistry(workspace, source) {
    const { createOciLayoutRegistry } = await import("../registries/oci-layout.ts");
    const { imagesFolder } = await import("../images/image-folders.ts");
    const { chainRegistries } = await import("../registries/chain-registries.ts");
    const built = createOciLayoutRegistry(imagesFolder(workspace));
    if (source === "working-tree") return built;
    return chainRegistries(built, async () => {
      const { openReleasedImages } = await import("./read-released-set.ts");
      return openReleasedImages(workspace);
    });
  },
  async buildSet(request) {
    const { buildReleaseSet } = await import("./build-release-set.ts");
    return buildReleaseSet(request);
  },
  async readSet(workspace, id) {
    const { readReleasedSet } = await import("./read-released-set.ts");
    return readReleasedSet(workspace, id);
  },
  async postJson(url, document) {
    const { postJson } = await import("./post-json.ts");
    await postJson(url, document);
  },
  async tryMail(trip) {
    const { tryMail } = await import("../verify/try-mail.ts");
    return tryMail(trip);
  },
  async runFlows(run) {
    const { runFlows } = await import("../e2e/run-flows.ts");
    return runFlows(run);
  },
};
