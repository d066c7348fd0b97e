import type { GaugeDefinition } from "@myaegee/service-kit";
import type { Kysely } from "kysely";

import { applicationStatuses, type ApplicationStatus } from "./applications/application.schema.ts";
import { eventStatuses, type EventStatus } from "./events/event.schema.ts";
import type { Tables } from "./tables.ts";

/** The figures of the business, read when somebody looks at the metrics. */
export function createGauges(db: Kysely<Tables>): GaugeDefinition[] {
  return [
    ...eventStatuses.map((status) => ({
      name: `events_${status}`,
      help: `Events that are ${status} and not deleted.`,
      read: () => countEvents(db, status),
    })),
    ...applicationStatuses.map((status) => ({
      name: `applications_${status}`,
      help: `Applications that are ${status}.`,
      read: () => countApplications(db, status),
    })),
  ];
}

async function countEvents(db: Kysely<Tables>, status: EventStatus): Promise<number> {
  const { count } = await db
    .selectFrom("events")
    .select(({ fn }) => fn.countAll<number>().as("count"))
    .where("status", "=", status)
    .where("deleted", "=", false)
    .executeTakeFirstOrThrow();
  return count;
}

async function countApplications(db: Kysely<Tables>, status: ApplicationStatus): Promise<number> {
  const { count } = await db
    .selectFrom("applications")
    .select(({ fn }) => fn.countAll<number>().as("count"))
    .where("status", "=", status)
    .executeTakeFirstOrThrow();
  return count;
}
