import type { IntegrationsTable } from "../tables.ts";

/** When the current calendar day, month or year began, in UTC: quotas count from here. */
export function planPeriodStart(period: IntegrationsTable["quota_period"], now: Date): Date {
  const year = now.getUTCFullYear();
  switch (period) {
    case "day":
      return new Date(Date.UTC(year, now.getUTCMonth(), now.getUTCDate()));
    case "month":
      return new Date(Date.UTC(year, now.getUTCMonth()));
    case "year":
      return new Date(Date.UTC(year, 0));
  }
}
