import type { GaugeDefinition } from "@myaegee/service-kit";
import { type RawBuilder, sql } from "kysely";

import type { Db } from "./tables.ts";

export function createGauges(db: Db): GaugeDefinition[] {
  const count = async (from: RawBuilder<unknown>) => {
    const { rows } = await sql<{ count: number }>`select count(*) as count from ${from}`.execute(
      db,
    );
    return rows[0]?.count ?? 0;
  };
  return [
    {
      name: "users",
      help: "Confirmed accounts.",
      read: () => count(sql`users where mail_confirmed_at is not null`),
    },
    {
      name: "users_unconfirmed",
      help: "Accounts that wait for a confirmation.",
      read: () => count(sql`users where mail_confirmed_at is null`),
    },
    {
      name: "users_suspended",
      help: "Suspended accounts.",
      read: () => count(sql`users where not active`),
    },
    {
      name: "bodies",
      help: "Active bodies.",
      read: () => count(sql`bodies where status = 'active'`),
    },
    { name: "circles", help: "Circles.", read: () => count(sql`circles`) },
    { name: "sessions", help: "Sessions that live.", read: () => count(sql`sessions`) },
    {
      name: "join_requests_pending",
      help: "Join requests that wait for a board.",
      read: () => count(sql`join_requests where status = 'pending'`),
    },
  ];
}
