import type { Host } from "../hosts/host.ts";
import { catchUpCopy, copyRecord, listCopies, takeCopy } from "./ledger-copies.ts";
import type { LedgerStore } from "./ledger-store.ts";

/** A host that has a copy of the ledger. */
export interface CopyPlace {
  name: string;
  open: () => Promise<Host>;
}

/**
 * A ledger on the first host of several, and what is written there on the others as well: one record behind at most,
 * so that a first host that burns down takes nothing with it. A host that is gone costs the ledger nothing; its copy is
 * caught up by the next run that reaches it.
 */
export function createCopiedStore(
  store: LedgerStore,
  source: Host,
  places: readonly CopyPlace[],
): LedgerStore {
  const opened = new Map<string, Promise<Host | null>>();
  let copying: Promise<unknown> = Promise.resolve();

  function open(place: CopyPlace): Promise<Host | null> {
    const host = opened.get(place.name) ?? place.open().catch(() => null);
    opened.set(place.name, host);
    return host;
  }

  async function toEach(copy: (host: Host) => Promise<unknown>): Promise<void> {
    await Promise.all(
      places.map(async (place) => {
        const host = await open(place);
        if (host === null) return;
        await copy(host).catch(() => opened.set(place.name, Promise.resolve(null)));
      }),
    );
  }

  return {
    ...store,
    async append(record) {
      await copying;
      await store.append(record);
      copying = toEach((host) => copyRecord(source, host, record));
    },
    async repair() {
      const droppedBytes = await store.repair();
      const hosts = await Promise.all(places.map(open));
      await Promise.all(hosts.map(async (host) => host !== null && catchUpCopy(source, host)));
      return droppedBytes;
    },
    async swapLease(expected, next) {
      // Who gives the lock back has told all.
      if (next.holder === null) await copying;
      return store.swapLease(expected, next);
    },
    copies: {
      list: () => listCopies(source, places),
      async take(name) {
        const place = places.find((one) => one.name === name);
        return place === undefined ? null : takeCopy(source, await place.open());
      },
    },
  };
}
