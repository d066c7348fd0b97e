import { unprocessable } from "@myaegee/service-kit";
import type { Kysely } from "kysely";

import type { Tables } from "../tables.ts";
import { findStoredRate } from "./exchange-rates.repository.ts";
import fallbackRates from "./fallback-rates.json" with { type: "json" };

/** Units of a currency for one EUR: as last downloaded, else from the fixed table; 422 for an unknown currency. */
export async function findRate(db: Kysely<Tables>, currency: string): Promise<number> {
  const code = currency.toUpperCase();
  const rate = (await findStoredRate(db, code)) ?? findFallbackRate(code);
  if (rate === null) {
    throw unprocessable({ currency: [`There is no exchange rate for the currency "${code}".`] });
  }
  return rate;
}

function findFallbackRate(code: string): number | null {
  const found = fallbackRates.find(({ currency, iso_code }) => [currency, iso_code].includes(code));
  return found?.rate ?? null;
}
