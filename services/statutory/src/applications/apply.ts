import type { UserSession } from "@myaegee/auth";
import type { SessionBody } from "@myaegee/contracts";
import { isUniqueViolation } from "@myaegee/database";
import { expectNoFaults, forbidden, unprocessable } from "@myaegee/service-kit";

import type { Deps } from "../deps.ts";
import type { EventContext } from "../events/read-event-context.ts";
import { lockEvent } from "../lock-event.ts";
import { writeApplicationMails } from "../mails/application-mails.ts";
import { fetchBoardAddresses } from "../mails/recipients.ts";
import { isOnMembersList } from "../members-lists/match-member.ts";
import { findMembersList } from "../members-lists/members-lists.repository.ts";
import type { ApplicationRow } from "../tables.ts";
import { formatFilledColumns, formatIdentityColumns } from "./application-columns.ts";
import { insertApplication, takeStatutoryId } from "./applications.repository.ts";
import type { NewApplication } from "./applications.schema.ts";
import { checkApplication, fillApplication } from "./check-application.ts";

/** Applies for the caller, on behalf of one of their bodies. */
export async function apply(
  application: NewApplication,
  context: EventContext<UserSession>,
  deps: Deps,
): Promise<ApplicationRow> {
  const { event, session } = context;
  const body = expectMayApply(application.body_id, context);
  const filled = fillApplication(application);
  expectNoFaults(checkApplication(filled, event));
  const boardAddresses = await fetchBoardAddresses(event.type, body.id, deps.core);

  return refuseSecondApplication(() =>
    deps.db.transaction().execute(async (trx) => {
      await lockEvent(trx, event.id);
      const list = await findMembersList(trx, { eventId: event.id, bodyId: body.id });
      const identity = formatIdentityColumns(session.user);
      const applicant = { ...identity, user_id: session.user.id };
      const row = await insertApplication(trx, {
        ...applicant,
        ...formatFilledColumns(filled),
        statutory_id: await takeStatutoryId(trx, event.id),
        event_id: event.id,
        body_id: body.id,
        body_name: body.name,
        participant_type: null,
        participant_order: null,
        board_comment: null,
        is_on_memberslist: isOnMembersList(list?.members ?? [], applicant),
      });
      const applicantAddress = session.user.notification_email;
      await writeApplicationMails(trx, "applied", { event, row, applicantAddress, boardAddresses });
      return row;
    }),
  );
}

function expectMayApply(bodyId: number, context: EventContext<UserSession>): SessionBody {
  const { permissions, session } = context;
  if (!permissions.apply) {
    throw forbidden("The application period has not begun yet or is over.");
  }
  const body = session.user.bodies.find(({ id }) => id === bodyId);
  if (body === undefined) {
    throw forbidden("You cannot apply on behalf of a body that you are not a member of.");
  }
  if (permissions.apply_from_body[bodyId] !== true) {
    throw forbidden(`${body.name} cannot send any participants to this event.`);
  }
  return body;
}

/** The unique index decides, also when the same person applies twice at once. */
async function refuseSecondApplication<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (isUniqueViolation(error, "applications_one_per_user")) {
      throw unprocessable({ user_id: ["You have applied to this event already."] });
    }
    throw error;
  }
}
