import { expectPermission, type UserSession } from "@myaegee/auth";
import { enqueueMail } from "@myaegee/outbox";
import { expectNoFaults } from "@myaegee/service-kit";

import type { Deps } from "../deps.ts";
import { formatMailEvent } from "../mails/mail-contents.ts";
import { listAddresses } from "../mails/recipients.ts";
import { expectAllowed } from "../permissions/expect-allowed.ts";
import { blankFields, parseOwnFields, type EventFields } from "./event-fields.ts";
import { findEventFaults } from "./event-rules.ts";
import type { Event, NewEvent } from "./event.schema.ts";
import { insertEvent } from "./events.repository.ts";
import { fetchOrganizers, fetchOrganizingBodies } from "./fetch-names.ts";
import { refuseTakenSlug } from "./refuse-taken-slug.ts";
import { viewEvent } from "./view-event.ts";

/** A new event is a draft; who proposes it is among its organisers. */
export async function createEvent(
  body: NewEvent,
  session: UserSession,
  deps: Deps,
): Promise<Event> {
  expectProposer(body, session);
  const fields = await prepareFields(body, deps);
  const to = listAddresses(fields.organizers);

  const event = await refuseTakenSlug(() =>
    deps.db.transaction().execute(async (trx) => {
      const row = await insertEvent(trx, fields);
      await enqueueMail(trx, {
        template: "events_event_created",
        to,
        subject: `The event ${row.name} was created`,
        parameters: { event: formatMailEvent(row) },
      });
      return row;
    }),
  );
  return viewEvent(event, new Date());
}

function expectProposer(body: NewEvent, session: UserSession): void {
  expectPermission(session, "create:event");
  expectAllowed(
    body.organizers.some(({ user_id }) => user_id === session.user.id),
    "Whoever proposes an event should be among its organizers.",
  );
}

async function prepareFields(body: NewEvent, { core }: Deps): Promise<EventFields> {
  const { fields, errors } = parseOwnFields(body);
  const own = { ...blankFields, ...fields };
  expectNoFaults({ ...findEventFaults(own, "draft"), ...errors });
  const [organizers, organizing_bodies] = await Promise.all([
    fetchOrganizers(body.organizers, core),
    fetchOrganizingBodies(body.organizing_bodies, core),
  ]);
  return { ...own, organizers, organizing_bodies };
}
