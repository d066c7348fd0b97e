import { startLoop, type Logger, type Loop } from "@myaegee/service-kit";
import type { Kysely } from "kysely";

import type { Tables } from "../tables.ts";
import { upsertRates } from "./exchange-rates.repository.ts";
import { parseRates } from "./parse-rates.ts";

export interface RatesJobOptions {
  db: Kysely<Tables>;
  /** Without it nothing is downloaded, and what is stored or fixed counts. */
  url: string | undefined;
  log: Pick<Logger, "info" | "warn">;
  everyMs?: number;
}

/** Shorter than the drain time, so that a slow source never holds up a stop. */
const DOWNLOAD_TIMEOUT_MS = 8000;
const DAY_MS = 24 * 60 * 60 * 1000;

/** Downloads the rates once; answers how many. */
export async function refreshRates(db: Kysely<Tables>, url: string): Promise<number> {
  const response = await fetch(url, { signal: AbortSignal.timeout(DOWNLOAD_TIMEOUT_MS) });
  if (!response.ok) {
    throw new Error(`The exchange rates' address answered ${response.status}, expected 200.`);
  }
  const rates = parseRates(await response.json());
  await upsertRates(db, rates);
  return rates.length;
}

/** Refreshes the rates now and every day. A failure is logged and changes nothing: the last rates stay. */
export function startRatesJob({ db, url, log, everyMs = DAY_MS }: RatesJobOptions): Loop | null {
  if (url === undefined) {
    return null;
  }
  return startLoop({
    async run() {
      log.info({ count: await refreshRates(db, url) }, "exchange rates refreshed");
      return false;
    },
    idleMs: everyMs,
    onError: (err) => log.warn({ err }, "exchange rates not refreshed, the last ones stay"),
  });
}
