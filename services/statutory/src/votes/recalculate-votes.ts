import type { Kysely } from "kysely";

import type { EventType } from "../events/event-types.ts";
import type { Tables } from "../tables.ts";
import {
  findAntennaVotes,
  findDelegates,
  replaceDelegateVotes,
  upsertAntennaVotes,
  type VotesKey,
} from "./votes.repository.ts";
import { countVotes, planDelegateVotes } from "./votes.ts";

/** Sets an antenna's votes by the length of its members list, and divides them anew. */
export async function recalculateAntennaVotes(
  trx: Kysely<Tables>,
  key: VotesKey,
  { bodyType, memberCount }: { bodyType: string; memberCount: number },
): Promise<void> {
  await upsertAntennaVotes(trx, key, countVotes(bodyType, memberCount));
  await recalculateDelegateVotes(trx, { type: "agora", ...key });
}

/**
 * Divides the votes of a body over its delegates; to be called whenever anything changes that counts.
 * The caller holds the lock of the body at this event.
 */
export async function recalculateDelegateVotes(
  trx: Kysely<Tables>,
  { type, ...key }: VotesKey & { type: EventType },
): Promise<void> {
  const votes = type === "agora" ? await findAntennaVotes(trx, key) : null;
  if (votes !== null) {
    await replaceDelegateVotes(trx, key, planDelegateVotes(votes, await findDelegates(trx, key)));
  }
}
