import { sql, type Kysely } from "kysely";

import type { Tables } from "../tables.ts";
import type { ExchangeRate } from "./parse-rates.ts";

type Database = Kysely<Tables>;

/** By the country's two letters or the currency's three. */
export async function findStoredRate(db: Database, code: string): Promise<number | null> {
  const row = await db
    .selectFrom("exchange_rates")
    .select("rate")
    .where((eb) => eb.or([eb("currency", "=", code), eb("iso_code", "=", code)]))
    .orderBy("currency")
    .limit(1)
    .executeTakeFirst();
  return row?.rate ?? null;
}

export async function upsertRates(db: Database, rates: readonly ExchangeRate[]): Promise<void> {
  await db
    .insertInto("exchange_rates")
    .values(rates.map((rate) => ({ ...rate })))
    .onConflict((conflict) =>
      conflict.column("currency").doUpdateSet((eb) => ({
        iso_code: eb.ref("excluded.iso_code"),
        name: eb.ref("excluded.name"),
        rate: eb.ref("excluded.rate"),
        refreshed_at: sql<string>`now()`,
      })),
    )
    .execute();
}
