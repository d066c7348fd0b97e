import type { CoreClient } from "@myaegee/contracts";
import { expectNoFaults } from "@myaegee/service-kit";

import type { NewEvent, Organizer, OrganizingBody } from "./event.schema.ts";

/** Names come from core, never from the body of a request. */
export async function fetchOrganizers(
  wanted: NewEvent["organizers"],
  core: CoreClient,
): Promise<Organizer[]> {
  const wantedById = new Map(wanted.map((organizer) => [organizer.user_id, organizer]));
  const members = await core.fetchMemberMails([...wantedById.keys()]);
  const membersById = new Map(members.map((member) => [member.id, member]));
  const missing = wanted.find(({ user_id }) => !membersById.has(user_id));
  expectNoFaults(missing ? { organizers: [`There is no user ${missing.user_id}.`] } : {});
  return [...wantedById.values()].flatMap(({ user_id, comment }) => {
    const member = membersById.get(user_id);
    return member === undefined
      ? []
      : [
          {
            user_id,
            first_name: member.first_name,
            last_name: member.last_name,
            notification_email: member.notification_email,
            ...(comment ? { comment } : {}),
          },
        ];
  });
}

export async function fetchOrganizingBodies(
  wanted: NewEvent["organizing_bodies"],
  core: CoreClient,
): Promise<OrganizingBody[]> {
  const ids = [...new Set(wanted.map(({ body_id }) => body_id))];
  const bodies = await Promise.all(ids.map((id) => core.fetchBody(id)));
  const missing = ids.find((_, index) => bodies[index] === null);
  expectNoFaults(
    missing === undefined ? {} : { organizing_bodies: [`There is no body ${missing}.`] },
  );
  return bodies.flatMap((body) =>
    body === null ? [] : [{ body_id: body.id, body_name: body.name }],
  );
}
