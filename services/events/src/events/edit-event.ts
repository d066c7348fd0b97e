import type { UserSession } from "@myaegee/auth";
import { enqueueMail } from "@myaegee/outbox";
import { expectNoFaults } from "@myaegee/service-kit";

import type { Deps } from "../deps.ts";
import { formatMailEvent } from "../mails/mail-contents.ts";
import { fetchOrganizerAddresses, listAddresses } from "../mails/recipients.ts";
import { deriveEventPermissions } from "../permissions/event-permissions.ts";
import { expectAllowed } from "../permissions/expect-allowed.ts";
import { parseOwnFields, type EventFields } from "./event-fields.ts";
import { findEventFaults } from "./event-rules.ts";
import type { Event, EventChanges } from "./event.schema.ts";
import { lockEvent, updateEvent, type EventRow } from "./events.repository.ts";
import { fetchOrganizers, fetchOrganizingBodies } from "./fetch-names.ts";
import { findEvent } from "./find-event.ts";
import { refuseTakenSlug } from "./refuse-taken-slug.ts";
import { viewEvent } from "./view-event.ts";

export async function editEvent(
  { key, body, session }: { key: string; body: EventChanges; session: UserSession },
  deps: Deps,
): Promise<Event> {
  const found = await findEvent(key, deps);
  expectEditable(found, session);
  const changes = await prepareChanges(body, deps);
  const to =
    changes.organizers === undefined
      ? await fetchOrganizerAddresses(found.organizers, deps.core)
      : listAddresses(changes.organizers);

  const event = await refuseTakenSlug(() =>
    deps.db.transaction().execute(async (trx) => {
      const current = await lockEvent(trx, found.id);
      // It may have been submitted while we asked core.
      expectEditable(current, session);
      const next = { ...current, ...changes };
      // Nobody moves an event to a type that they do not manage.
      expectEditable({ ...current, type: next.type }, session);
      expectNoFaults(findEventFaults(next, current.status));
      const row = await updateEvent(trx, current.id, changes);
      await enqueueMail(trx, {
        template: "events_event_updated",
        to,
        subject: `The event ${row.name} was updated`,
        parameters: { event: formatMailEvent(row) },
      });
      return row;
    }),
  );
  return viewEvent(event, new Date());
}

function expectEditable(event: EventRow, session: UserSession): void {
  const { edit_event } = deriveEventPermissions(viewEvent(event, new Date()), session);
  expectAllowed(edit_event, "You cannot edit this event.");
}

async function prepareChanges(body: EventChanges, { core }: Deps): Promise<Partial<EventFields>> {
  const { fields, errors } = parseOwnFields(body);
  expectNoFaults(errors);
  const [organizers, organizing_bodies] = await Promise.all([
    body.organizers && fetchOrganizers(body.organizers, core),
    body.organizing_bodies && fetchOrganizingBodies(body.organizing_bodies, core),
  ]);
  const changes = {
    ...fields,
    ...(organizers === undefined ? {} : { organizers }),
    ...(organizing_bodies === undefined ? {} : { organizing_bodies }),
  };
  expectNoFaults(
    Object.keys(changes).length === 0 ? { body: ["There is no field in it that can change."] } : {},
  );
  return changes;
}
