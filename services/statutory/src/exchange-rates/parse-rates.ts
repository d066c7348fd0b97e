import Type, { type Static } from "typebox";
import { Check } from "typebox/value";

/** One entry of the European Commission's monthly rates (InforEuro): units of the currency for one EUR. */
const MonthlyRate = Type.Object({
  isoA2Code: Type.String({ pattern: "^[A-Za-z]{2}$" }),
  isoA3Code: Type.String({ pattern: "^[A-Za-z]{3}$" }),
  currency: Type.String({ minLength: 1, maxLength: 200 }),
  value: Type.Number({ exclusiveMinimum: 0 }),
});

export interface ExchangeRate {
  /** Two letters of the country; `EU` for the euro. */
  currency: string;
  iso_code: string;
  name: string;
  rate: number;
}

type MonthlyRate = Static<typeof MonthlyRate>;

/** The source files the euro under Belgium. */
const EURO_COUNTRY = "BE";

/** The usable entries of a download, one a country; throws when there is none, so old rates stay. */
export function parseRates(download: unknown): ExchangeRate[] {
  const entries = Array.isArray(download) ? download.filter(isMonthlyRate) : [];
  const byCountry = new Map<string, ExchangeRate>();
  for (const entry of entries.map(formatRate)) {
    // Where a country has two currencies, the first one counts.
    if (!byCountry.has(entry.currency)) {
      byCountry.set(entry.currency, entry);
    }
  }
  if (!byCountry.has("EU")) {
    throw new Error(`The download holds ${byCountry.size} exchange rates and none for the euro.`);
  }
  return [...byCountry.values()];
}

function isMonthlyRate(entry: unknown): entry is MonthlyRate {
  return Check(MonthlyRate, entry);
}

function formatRate({ isoA2Code, isoA3Code, currency, value }: MonthlyRate): ExchangeRate {
  const country = isoA2Code.toUpperCase();
  return {
    currency: country === EURO_COUNTRY ? "EU" : country,
    iso_code: isoA3Code.toUpperCase(),
    name: currency,
    rate: value,
  };
}
