import type { CoreClient } from "@myaegee/contracts";

import type { Organizer } from "../events/event.schema.ts";

/** Of organisers whom core has just told us about. */
export function listAddresses(organizers: readonly Organizer[]): string[] {
  return organizers.flatMap(({ notification_email }) => notification_email ?? []);
}

/** Today's addresses, not those of the day when somebody became organiser. */
export async function fetchOrganizerAddresses(
  organizers: readonly Pick<Organizer, "user_id">[],
  core: CoreClient,
): Promise<string[]> {
  return fetchAddresses(
    organizers.map(({ user_id }) => user_id),
    core,
  );
}

export async function fetchAddresses(
  userIds: readonly number[],
  core: CoreClient,
): Promise<string[]> {
  const mails = await core.fetchMemberMails(userIds);
  return [...new Set(mails.map(({ notification_email }) => notification_email))];
}

/** Members of the committees that judge events; `bodies` are codes such as `EQA`. */
export async function fetchApproverAddresses(
  bodies: readonly string[],
  core: CoreClient,
): Promise<string[]> {
  const found = await Promise.all(bodies.map((code) => core.fetchBody(code)));
  const members = await Promise.all(
    found.flatMap((body) => (body === null ? [] : [core.fetchBodyMembers(body.id)])),
  );
  return [...new Set(members.flat().map(({ user }) => user.notification_email))];
}
