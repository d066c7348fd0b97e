import type { UserSession } from "@myaegee/auth";
import { enqueueMail } from "@myaegee/outbox";
import { collectFieldErrors, expectNoFaults } from "@myaegee/service-kit";
import type { Transaction } from "kysely";

import type { Deps } from "../deps.ts";
import { formatMailEvent } from "../mails/mail-contents.ts";
import { fetchApproverAddresses, fetchOrganizerAddresses } from "../mails/recipients.ts";
import { deriveEventPermissions } from "../permissions/event-permissions.ts";
import { expectAllowed } from "../permissions/expect-allowed.ts";
import type { Tables } from "../tables.ts";
import { findMissingPlans } from "./event-rules.ts";
import type { EventStatus } from "./event.schema.ts";
import { lockEvent, updateStatus, type EventRow } from "./events.repository.ts";
import { findEvent } from "./find-event.ts";
import { viewEvent } from "./view-event.ts";

export async function changeStatus(
  { key, status, session }: { key: string; status: EventStatus; session: UserSession },
  deps: Deps,
): Promise<void> {
  const found = await findEvent(key, deps);
  expectMovable(found, status, session);
  const recipients = await fetchRecipients(found, status, deps);

  await deps.db.transaction().execute(async (trx) => {
    const before = await lockEvent(trx, found.id);
    // Somebody else may have moved it while we asked core.
    expectMovable(before, status, session);
    expectNoFaults(collectFieldErrors(findMissingPlans(before, status)));
    const after = await updateStatus(trx, before.id, status);
    await announceMove(trx, { before, after, recipients });
  });
}

interface Recipients {
  organizers: string[];
  approvers: string[];
}

async function fetchRecipients(
  event: EventRow,
  status: EventStatus,
  { core, approvalBodies }: Deps,
): Promise<Recipients> {
  const asksForApproval = event.status === "draft" && status === "submitted";
  const [organizers, approvers] = await Promise.all([
    fetchOrganizerAddresses(event.organizers, core),
    asksForApproval ? fetchApproverAddresses(approvalBodies, core) : [],
  ]);
  return { organizers, approvers };
}

function expectMovable(event: EventRow, status: EventStatus, session: UserSession): void {
  const { change_status } = deriveEventPermissions(viewEvent(event, new Date()), session);
  expectAllowed(
    change_status[status],
    `You are not allowed to move this event from ${event.status} to ${status}.`,
  );
}

async function announceMove(
  trx: Transaction<Tables>,
  move: { before: EventRow; after: EventRow; recipients: Recipients },
): Promise<void> {
  const event = formatMailEvent(move.after);
  await enqueueMail(trx, {
    template: "events_status_changed",
    to: move.recipients.organizers,
    subject: `The status of ${event.name} was changed`,
    parameters: { event, old_status: move.before.status },
  });
  await enqueueMail(trx, {
    template: "events_submitted",
    to: move.recipients.approvers,
    subject: `The event ${event.name} was submitted`,
    parameters: { event },
  });
}
