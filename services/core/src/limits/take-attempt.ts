import { createHash } from "node:crypto";

import { HttpError } from "@myaegee/service-kit";
import { sql } from "kysely";

import type { Db } from "../tables.ts";

export interface Limit {
  name: string;
  maxHits: number;
  windowSeconds: number;
}

/**
 * Counts one attempt of `subject`, an address or an account, and refuses with 429 when there were too many.
 * The counters are in the database, so they hold for all instances together.
 */
export async function takeAttempt(db: Db, limit: Limit, subject: string): Promise<void> {
  const resetsAt = sql<string>`now() + make_interval(secs => ${limit.windowSeconds})`;
  const counter = await db
    .insertInto("rate_limits")
    .values({ key: formatKey(limit, subject), hits: 1, resets_at: resetsAt })
    .onConflict((conflict) =>
      conflict.column("key").doUpdateSet({
        hits: sql`case when rate_limits.resets_at <= now() then 1 else rate_limits.hits + 1 end`,
        resets_at: sql`case when rate_limits.resets_at <= now() then excluded.resets_at else rate_limits.resets_at end`,
      }),
    )
    .returning(["hits", sql<number>`ceil(extract(epoch from resets_at - now()))`.as("waitSeconds")])
    .executeTakeFirstOrThrow();
  if (counter.hits > limit.maxHits) {
    throw new HttpError(
      429,
      `Too many attempts. Please try again in ${formatWait(counter.waitSeconds)}.`,
    );
  }
}

/** After a success: the attempts before it no longer count. */
export async function forgetAttempts(db: Db, limit: Limit, subject: string): Promise<void> {
  await db.deleteFrom("rate_limits").where("key", "=", formatKey(limit, subject)).execute();
}

/** Hashed, so the table holds neither addresses nor names that people typed. */
function formatKey({ name }: Limit, subject: string): string {
  const hash = createHash("sha256").update(subject.trim().toLowerCase()).digest("base64url");
  return `${name}:${hash}`;
}

function formatWait(seconds: number): string {
  return seconds < 120 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`;
}
