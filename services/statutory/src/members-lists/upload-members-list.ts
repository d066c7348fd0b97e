import type { UserSession } from "@myaegee/auth";
import { enqueueMail } from "@myaegee/outbox";
import { forbidden, notFound } from "@myaegee/service-kit";
import type { Transaction } from "kysely";

import { isHeld } from "../applications/application-permissions.ts";
import { listBodyApplications, setOnMembersList } from "../applications/applications.repository.ts";
import type { Deps } from "../deps.ts";
import type { EventContext } from "../events/read-event-context.ts";
import { findRate } from "../exchange-rates/find-rate.ts";
import { lockEvent } from "../lock-event.ts";
import type { MembersListRow, Tables } from "../tables.ts";
import { recalculateAntennaVotes } from "../votes/recalculate-votes.ts";
import { formatMembersList } from "./format-members-list.ts";
import { isOnMembersList } from "./match-member.ts";
import { findMembersList, upsertMembersList } from "./members-lists.repository.ts";
import type { MembersList, NewMembersList } from "./members-lists.schema.ts";

/** Takes or replaces the members list of a body; applications and votes follow in the same transaction. */
export async function uploadMembersList(
  list: NewMembersList,
  { bodyId, context }: { bodyId: number; context: EventContext<UserSession> },
  deps: Deps,
): Promise<MembersList> {
  const { event, session } = context;
  const key = { eventId: event.id, bodyId };
  expectMayUpload(bodyId, context, await findMembersList(deps.db, key));
  const [body, rate] = await Promise.all([
    deps.core.fetchBody(bodyId),
    findRate(deps.db, list.currency),
  ]);
  if (body === null) {
    throw notFound("Body");
  }
  return deps.db.transaction().execute(async (trx) => {
    await lockEvent(trx, event.id);
    const existing = await findMembersList(trx, key);
    expectMayUpload(bodyId, context, existing);
    const row = await upsertMembersList(trx, {
      event_id: event.id,
      body_id: bodyId,
      user_id: session.user.id,
      currency: list.currency.toUpperCase(),
      conversion_rate: rate,
      members: JSON.stringify(list.members.map(pickMember)),
    });
    await markApplications(trx, row);
    await recalculateAntennaVotes(trx, key, {
      bodyType: body.type,
      memberCount: row.members.length,
    });
    const saved = formatMembersList(row);
    await enqueueMail(
      trx,
      planMail(saved, {
        context,
        bodyName: body.name,
        to: deps.contacts.treasurer,
        isNew: existing === undefined,
      }),
    );
    return saved;
  });
}

/** A first list has its own window, a change a longer one. */
function expectMayUpload(
  bodyId: number,
  { permissions }: EventContext,
  existing: MembersListRow | undefined,
): void {
  const allowed =
    existing === undefined ? permissions.upload_memberslist : permissions.edit_memberslist;
  if (!isHeld(allowed, bodyId)) {
    throw forbidden("You are not allowed to hand in the members list of this body now.");
  }
}

function pickMember({ first_name, last_name, user_id, fee }: NewMembersList["members"][number]) {
  return {
    first_name: first_name.trim(),
    last_name: last_name.trim(),
    user_id: user_id ?? null,
    fee,
  };
}

async function markApplications(trx: Transaction<Tables>, list: MembersListRow): Promise<void> {
  const applications = await listBodyApplications(trx, {
    eventId: list.event_id,
    bodyId: list.body_id,
  });
  const idsBy = (isListed: boolean) =>
    applications
      .filter((applicant) => isOnMembersList(list.members, applicant) === isListed)
      .map(({ id }) => id);
  await setOnMembersList(trx, idsBy(true), true);
  await setOnMembersList(trx, idsBy(false), false);
}

function planMail(
  list: MembersList,
  facts: { context: EventContext; bodyName: string; to: string; isNew: boolean },
) {
  const { name } = facts.context.event;
  return {
    template: facts.isNew
      ? ("statutory_memberslist_submitted" as const)
      : ("statutory_memberslist_edited" as const),
    to: facts.to,
    subject: `A memberslist has been ${facts.isNew ? "submitted" : "edited"} for ${name}`,
    parameters: {
      body_name: facts.bodyName,
      event_name: name,
      membership_fee: list.fee_to_aegee,
    },
  };
}
