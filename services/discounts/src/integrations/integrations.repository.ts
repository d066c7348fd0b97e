import { formatSearchPattern } from "@myaegee/database";
import { sql, type Kysely } from "kysely";

import type { Tables } from "../tables.ts";
import type {
  Integration,
  IntegrationChanges,
  IntegrationsQuery,
  NewIntegration,
} from "./integrations.schema.ts";

const MAX_ID = 2_147_483_647;

export async function listIntegrations(
  db: Kysely<Tables>,
  query: IntegrationsQuery,
  options: { withCounts: boolean },
): Promise<{ rows: Integration[]; count: number }> {
  const pattern = formatSearchPattern(query.query ?? "");
  const matching = db
    .selectFrom("integrations")
    .where((eb) => eb.or([eb("name", "ilike", pattern), eb("code", "ilike", pattern)]));
  const [rows, total] = await Promise.all([
    matching
      .selectAll()
      .$if(options.withCounts, (q) => q.select(codeCounts))
      .orderBy("name")
      .orderBy("id")
      .limit(query.limit)
      .offset(query.offset)
      .execute(),
    matching.select((eb) => eb.fn.countAll<number>().as("count")).executeTakeFirstOrThrow(),
  ]);
  return { rows, count: total.count };
}

/** By id or code. */
export async function readIntegration(
  db: Kysely<Tables>,
  idOrCode: string,
  options: { withCounts: boolean } = { withCounts: false },
): Promise<Integration | null> {
  const id = parseId(idOrCode);
  const row = await db
    .selectFrom("integrations")
    .selectAll()
    .$if(options.withCounts, (q) => q.select(codeCounts))
    .where((eb) =>
      id === null
        ? eb(eb.fn<string>("lower", ["code"]), "=", idOrCode.toLowerCase())
        : eb("id", "=", id),
    )
    .executeTakeFirst();
  return row ?? null;
}

export async function insertIntegration(
  db: Kysely<Tables>,
  integration: NewIntegration,
): Promise<Integration> {
  return db.insertInto("integrations").values(integration).returningAll().executeTakeFirstOrThrow();
}

export async function updateIntegration(
  db: Kysely<Tables>,
  id: number,
  changes: IntegrationChanges,
): Promise<Integration | null> {
  const row = await db
    .updateTable("integrations")
    .set({ ...changes, updated_at: new Date().toISOString() })
    .where("id", "=", id)
    .returningAll()
    .executeTakeFirst();
  return row ?? null;
}

/** Read by index for each row of the page, so no join has to count everything. */
const codeCounts = [
  sql<number>`(select count(*) from codes
    where integration_id = integrations.id and claimed_by is null)`.as("free_codes"),
  sql<number>`(select count(*) from codes
    where integration_id = integrations.id and claimed_by is not null)`.as("claimed_codes"),
] as const;

function parseId(text: string): number | null {
  return /^\d+$/.test(text) ? Math.min(Number(text), MAX_ID) : null;
}
