import { openHost } from "../hosts/open-host.ts";
import type { HostSettings } from "../hosts/platform.ts";
import { createCopiedStore } from "./copied-store.ts";
import { createHostDirStore } from "./host-dir.ts";
import type { LedgerStore } from "./ledger-store.ts";
import { createLocalDirStore } from "./local-dir.ts";

export interface LedgerPlace {
  environment: string;
  /** `<workspace>/.slipway/<environment>`, absolute. */
  stateFolder: string;
  /** Where containers run; none for processes of this machine. */
  hosts: readonly HostSettings[];
}

/** On the first host, so that all who deploy see one ledger, with copies on the others; else on this machine. */
export async function openLedgerStore({
  environment,
  stateFolder,
  hosts,
}: LedgerPlace): Promise<LedgerStore> {
  const local = createLocalDirStore(stateFolder);
  const [first, ...others] = hosts;
  if (first === undefined) return local;
  const host = await openHost(first, environment);
  const store = createHostDirStore(host, local);
  if (others.length === 0) return store;
  const places = others.map((settings) => ({
    name: settings.name,
    open: () => openHost(settings, environment),
  }));
  return createCopiedStore(store, host, places);
}
