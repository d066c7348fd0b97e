import type { GaugeDefinition } from "@myaegee/service-kit";
import type { Kysely } from "kysely";

import { countByStatus } from "./messages/messages.repository.ts";
import type { Tables } from "./tables.ts";

/** How the queue stands. */
export function createGauges(db: Kysely<Tables>): GaugeDefinition[] {
  return (["queued", "sending", "dead"] as const).map((status) => ({
    name: `messages_${status}`,
    help: `Messages that are ${status}.`,
    read: () => countByStatus(db, status),
  }));
}
