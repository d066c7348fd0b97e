import { lockKey } from "@myaegee/database";
import type { Transaction } from "kysely";

import type { Tables } from "./tables.ts";

/**
 * Applications, members lists and votes of an event depend on each other: who changes one of them holds this lock,
 * reads again under it, and leaves all of them consistent.
 */
export function lockEvent(trx: Transaction<Tables>, eventId: number): Promise<void> {
  return lockKey(trx, `event:${eventId}`);
}
