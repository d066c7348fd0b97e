import { createHash } from "node:crypto";

import type { CoreClient, Credentials, Session } from "@myaegee/contracts";

export interface SessionCacheOptions {
  core: Pick<CoreClient, "fetchSession">;
  /** How long a revoked token may still work here. */
  ttlMs?: number;
  maxEntries?: number;
}

export type ReadSession = (credentials: Credentials) => Promise<Session | null>;

interface Entry {
  expiresAt: number;
  session: Promise<Session | null>;
}

/** One question to core per caller and `ttlMs`, also when many requests come at once. Failures are not kept. */
export function createSessionCache(options: SessionCacheOptions): ReadSession {
  const { core, ttlMs = 5000, maxEntries = 5000 } = options;
  const entries = new Map<string, Entry>();

  return (credentials) => {
    const key = formatKey(credentials);
    const known = entries.get(key);
    if (known !== undefined && known.expiresAt > Date.now()) {
      return known.session;
    }
    const entry = { expiresAt: Date.now() + ttlMs, session: core.fetchSession(credentials) };
    // Set anew, so that the first entry of the map is always the oldest.
    entries.delete(key);
    entries.set(key, entry);
    dropOldest(entries, maxEntries);
    entry.session.catch(() => {
      if (entries.get(key) === entry) {
        entries.delete(key);
      }
    });
    return entry.session;
  };
}

/** Tokens themselves are not kept in memory longer than their request. */
function formatKey({ token, service }: Credentials): string {
  return createHash("sha256")
    .update(JSON.stringify([token, service?.name, service?.token]))
    .digest("base64");
}

function dropOldest(entries: Map<string, Entry>, maxEntries: number): void {
  const [oldest] = entries.keys();
  if (entries.size > maxEntries && oldest !== undefined) {
    entries.delete(oldest);
  }
}
