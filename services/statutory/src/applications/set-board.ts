import { isUniqueViolation } from "@myaegee/database";
import { forbidden, unprocessable } from "@myaegee/service-kit";
import type { Kysely } from "kysely";

import type { Deps } from "../deps.ts";
import type { EventContext } from "../events/read-event-context.ts";
import { findPaxLimitFault, type PaxLimits } from "../limits/pax-limits.ts";
import { readPaxLimits } from "../limits/read-pax-limits.ts";
import { lockEvent } from "../lock-event.ts";
import type { ApplicationRow, EventRow, Tables } from "../tables.ts";
import { recalculateDelegateVotes } from "../votes/recalculate-votes.ts";
import { isHeld } from "./application-permissions.ts";
import {
  countParticipants,
  lockApplication,
  updateApplicationRow,
} from "./applications.repository.ts";
import type { BoardChange } from "./applications.schema.ts";
import type { ApplicationContext } from "./read-application-context.ts";

/** The board's comment and the place it gives to a participant. Limits are checked after the write, under the event's lock. */
export async function setBoard(
  change: BoardChange,
  { application, context }: ApplicationContext,
  deps: Deps,
): Promise<ApplicationRow> {
  const { event } = context;
  expectMaySetBoard(application.body_id, context);
  const bodyType = await fetchBodyType(application.body_id, deps);
  return refuseTakenPlace(() =>
    deps.db.transaction().execute(async (trx) => {
      await lockEvent(trx, event.id);
      const current = await lockApplication(trx, application.id);
      expectMaySetBoard(current.body_id, context);
      const key = { event, body: { id: current.body_id, type: bodyType } };
      const row = await givePlace(trx, current, change);
      await expectWithinLimits(trx, row, await readBodyLimits(trx, key));
      await recalculateDelegateVotes(trx, {
        type: event.type,
        eventId: event.id,
        bodyId: row.body_id,
      });
      return row;
    }),
  );
}

export function expectMaySetBoard(bodyId: number, { permissions }: EventContext): void {
  if (!isHeld(permissions.set_board_comment_and_participant_type, bodyId)) {
    throw forbidden("You are not allowed to set the board's part of this body's applications.");
  }
}

/** Of a body that core no longer knows: no type, hence no places by default. */
export async function fetchBodyType(bodyId: number, { core }: Deps): Promise<string> {
  return (await core.fetchBody(bodyId))?.type ?? "unknown";
}

export async function readBodyLimits(
  db: Kysely<Tables>,
  { event, body }: { event: EventRow; body: { id: number; type: string } },
): Promise<PaxLimits> {
  const [limits] = await readPaxLimits(db, event.type, [body]);
  return limits ?? { delegate: 0, envoy: 0, observer: 0, visitor: 0 };
}

export async function expectWithinLimits(
  trx: Kysely<Tables>,
  row: ApplicationRow,
  limits: PaxLimits,
): Promise<void> {
  const { participant_type: participantType, participant_order: participantOrder } = row;
  if (participantType === null || participantOrder === null) {
    return;
  }
  const count = await countParticipants(trx, row);
  const fault = findPaxLimitFault(limits, { participantType, participantOrder, count });
  if (fault !== null) {
    throw forbidden(fault);
  }
}

/** The unique index decides who gets a place. */
export async function refuseTakenPlace<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (isUniqueViolation(error, "applications_one_per_place")) {
      throw unprocessable({
        participant_order: ["This place of the body is given to somebody else already."],
      });
    }
    throw error;
  }
}

function givePlace(trx: Kysely<Tables>, current: ApplicationRow, change: BoardChange) {
  const { participant_type, participant_order, board_comment } = { ...current, ...change };
  if ((participant_type === null) !== (participant_order === null)) {
    throw unprocessable({
      participant_order: ["Participant type and order must be set both, or both be null."],
    });
  }
  return updateApplicationRow(trx, current.id, {
    participant_type,
    participant_order,
    board_comment,
  });
}
