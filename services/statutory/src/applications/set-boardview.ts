import { forbidden } from "@myaegee/service-kit";
import type { Transaction } from "kysely";

import type { Deps } from "../deps.ts";
import type { EventContext } from "../events/read-event-context.ts";
import type { PaxLimits } from "../limits/pax-limits.ts";
import { lockEvent } from "../lock-event.ts";
import type { ApplicationRow, Tables } from "../tables.ts";
import { recalculateDelegateVotes } from "../votes/recalculate-votes.ts";
import {
  clearBoardOfBody,
  listBodyApplications,
  updateApplicationRow,
} from "./applications.repository.ts";
import type { BoardviewEntry } from "./applications.schema.ts";
import {
  expectMaySetBoard,
  expectWithinLimits,
  fetchBodyType,
  readBodyLimits,
  refuseTakenPlace,
} from "./set-board.ts";

/** Replaces the board's part of all applications of a body at once: who is not named loses type, order and comment. */
export async function setBoardview(
  bodyId: number,
  entries: readonly BoardviewEntry[],
  { context, deps }: { context: EventContext; deps: Deps },
): Promise<void> {
  const { event } = context;
  expectMaySetBoard(bodyId, context);
  const body = { id: bodyId, type: await fetchBodyType(bodyId, deps) };
  await refuseTakenPlace(() =>
    deps.db.transaction().execute(async (trx) => {
      await lockEvent(trx, event.id);
      const limits = await readBodyLimits(trx, { event, body });
      const applications = await listBodyApplications(trx, { eventId: event.id, bodyId });
      await clearBoardOfBody(trx, { eventId: event.id, bodyId });
      const byUser = new Map(applications.map((row) => [row.user_id, row]));
      for (const entry of entries) {
        await giveEntry(trx, entry, { row: byUser.get(entry.user_id), limits });
      }
      await recalculateDelegateVotes(trx, { type: event.type, eventId: event.id, bodyId });
    }),
  );
}

async function giveEntry(
  trx: Transaction<Tables>,
  entry: BoardviewEntry,
  { row, limits }: { row: ApplicationRow | undefined; limits: PaxLimits },
): Promise<void> {
  if (row === undefined) {
    throw forbidden(`User ${entry.user_id} has not applied for this body.`);
  }
  const changed = await updateApplicationRow(trx, row.id, {
    participant_type: entry.participant_type,
    participant_order: entry.participant_order,
    board_comment: entry.board_comment ?? null,
  });
  await expectWithinLimits(trx, changed, limits);
}
