import { forbidden, unprocessable } from "@myaegee/service-kit";

import type { Deps } from "../deps.ts";
import { lockEvent } from "../lock-event.ts";
import type { ApplicationRow } from "../tables.ts";
import { recalculateDelegateVotes } from "../votes/recalculate-votes.ts";
import { lockApplication, updateApplicationRow } from "./applications.repository.ts";
import { findFlagFault, type ApplicationFlag } from "./flags.ts";
import type { ApplicationContext } from "./read-application-context.ts";

/** Sets one of the flags, as the table of who and when allows. */
export async function setFlag(
  flag: ApplicationFlag,
  value: boolean,
  { target, db }: { target: ApplicationContext } & Pick<Deps, "db">,
): Promise<ApplicationRow> {
  const { application, allowed, context } = target;
  const { event } = context;
  if (!allowed[`set_application_${flag}`]) {
    throw forbidden(`You are not allowed to change "${flag}" of this application.`);
  }
  return db.transaction().execute(async (trx) => {
    await lockEvent(trx, event.id);
    const current = await lockApplication(trx, application.id);
    const fault = findFlagFault(current, flag, value);
    if (fault !== null) {
      throw unprocessable({ [flag]: fault });
    }
    const row = await updateApplicationRow(trx, application.id, { [flag]: value });
    await recalculateDelegateVotes(trx, {
      type: event.type,
      eventId: event.id,
      bodyId: row.body_id,
    });
    return row;
  });
}
