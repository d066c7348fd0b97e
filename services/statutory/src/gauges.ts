import type { GaugeDefinition } from "@myaegee/service-kit";
import type { Kysely } from "kysely";

import type { ApplicationRow, Tables } from "./tables.ts";

const statuses: readonly ApplicationRow["status"][] = [
  "pending",
  "waiting_list",
  "accepted",
  "rejected",
];

/** The figures of the business, read when somebody looks at the metrics. */
export function createGauges(db: Kysely<Tables>): GaugeDefinition[] {
  return [
    {
      name: "events_published",
      help: "Events that are published.",
      read: () => countPublishedEvents(db),
    },
    ...statuses.map((status) => ({
      name: `applications_${status}`,
      help: `Applications that are ${status} and not cancelled.`,
      read: () => countApplications(db, status),
    })),
  ];
}

async function countPublishedEvents(db: Kysely<Tables>): Promise<number> {
  const { count } = await db
    .selectFrom("events")
    .select(({ fn }) => fn.countAll<number>().as("count"))
    .where("status", "=", "published")
    .executeTakeFirstOrThrow();
  return count;
}

async function countApplications(
  db: Kysely<Tables>,
  status: ApplicationRow["status"],
): Promise<number> {
  const { count } = await db
    .selectFrom("applications")
    .select(({ fn }) => fn.countAll<number>().as("count"))
    .where("status", "=", status)
    .where("cancelled", "=", false)
    .executeTakeFirstOrThrow();
  return count;
}
