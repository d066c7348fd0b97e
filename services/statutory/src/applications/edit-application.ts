import { expectNoFaults, forbidden } from "@myaegee/service-kit";

import type { Deps } from "../deps.ts";
import { lockEvent } from "../lock-event.ts";
import { writeApplicationMails } from "../mails/application-mails.ts";
import { fetchAddress, fetchBoardAddresses } from "../mails/recipients.ts";
import { isOnMembersList } from "../members-lists/match-member.ts";
import { findMembersList } from "../members-lists/members-lists.repository.ts";
import type { ApplicationRow } from "../tables.ts";
import { recalculateDelegateVotes } from "../votes/recalculate-votes.ts";
import { formatFilledColumns, formatIdentityColumns } from "./application-columns.ts";
import { lockApplication, updateApplicationRow } from "./applications.repository.ts";
import type { ApplicationChange } from "./applications.schema.ts";
import { checkApplication, fillApplication } from "./check-application.ts";
import { fetchNewBody } from "./fetch-new-body.ts";
import type { ApplicationContext } from "./read-application-context.ts";

const placeOfNobody = { participant_type: null, participant_order: null, board_comment: null };

/** Changes what was filled in. Names come from core, never from the request; another body means to start anew there. */
export async function editApplication(
  change: ApplicationChange,
  target: ApplicationContext,
  deps: Deps,
): Promise<ApplicationRow> {
  const { application, allowed, context } = target;
  const { event, session } = context;
  if (!allowed.edit_application) {
    throw forbidden("You cannot edit this application.");
  }
  const newBody = await fetchNewBody(change.body_id, target, deps);
  const isMine = application.user_id === session.user.id;
  const identity = isMine ? formatIdentityColumns(session.user) : {};
  const [applicantAddress, boardAddresses] = await Promise.all([
    isMine ? session.user.notification_email : fetchAddress(application.user_id, deps.core),
    fetchBoardAddresses(event.type, newBody?.id ?? application.body_id, deps.core),
  ]);

  return deps.db.transaction().execute(async (trx) => {
    await lockEvent(trx, event.id);
    const current = await lockApplication(trx, application.id);
    const filled = fillApplication({ ...current, ...change });
    expectNoFaults(checkApplication(filled, event));
    const body = newBody ?? { id: current.body_id, name: current.body_name };
    const isMoved = current.body_id !== body.id;
    const applicant = { ...current, ...identity };
    const list = await findMembersList(trx, { eventId: event.id, bodyId: body.id });
    const row = await updateApplicationRow(trx, application.id, {
      ...formatFilledColumns(filled),
      ...identity,
      ...(isMoved ? placeOfNobody : {}),
      body_id: body.id,
      body_name: body.name,
      is_on_memberslist: isOnMembersList(list?.members ?? [], applicant),
    });
    for (const bodyId of isMoved ? [current.body_id, body.id] : []) {
      await recalculateDelegateVotes(trx, { type: event.type, eventId: event.id, bodyId });
    }
    await writeApplicationMails(trx, "edited", { event, row, applicantAddress, boardAddresses });
    return row;
  });
}
