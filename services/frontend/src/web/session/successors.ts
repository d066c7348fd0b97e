import { createStore, get, set, type UseStore } from "idb-keyval";

import type { Tokens } from "./token-store.ts";

const KEY = "myaegee.successor";

interface Successor {
  /** The refresh token that was traded for this pair. */
  spent: string;
  tokens: Tokens;
}

/**
 * The pair that a spent refresh token was traded for, by whichever tab. The local storage of another
 * tab may still lag behind when that tab gives back its lock; this database never does.
 */
export async function readSuccessor(spent: string): Promise<Tokens | null> {
  try {
    const last = await get<Successor>(KEY, openStore());
    return last?.spent === spent ? last.tokens : null;
  } catch {
    // Some private windows have no database: there tabs rely on the storage.
    return null;
  }
}

/** Comes back once every tab can read it. */
export async function writeSuccessor(spent: string, tokens: Tokens): Promise<void> {
  try {
    await set(KEY, { spent, tokens } satisfies Successor, openStore());
  } catch {
    // As above.
  }
}

function openStore(): UseStore {
  return createStore("myaegee", "session");
}
