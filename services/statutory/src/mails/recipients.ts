import type { CoreClient } from "@myaegee/contracts";

import type { EventType } from "../events/event-types.ts";

/** Who approves members of a body for events of this type. */
export async function fetchBoardAddresses(
  type: EventType,
  bodyId: number,
  core: CoreClient,
): Promise<string[]> {
  const members = await core.fetchBodyMembers(bodyId, `approve_members:${type}`);
  return members.map(({ user }) => user.notification_email);
}

/** `null` when core does not know the user. */
export async function fetchAddress(userId: number, core: CoreClient): Promise<string | null> {
  const [mail] = await core.fetchMemberMails([userId]);
  return mail?.notification_email ?? null;
}

/** The rows with the address of each applicant, `null` where core knows none. */
export async function addNotificationEmails<Row extends { user_id: number }>(
  rows: readonly Row[],
  core: CoreClient,
): Promise<(Row & { notification_email: string | null })[]> {
  const mails = await core.fetchMemberMails(rows.map(({ user_id }) => user_id));
  const byUser = new Map(mails.map(({ id, notification_email }) => [id, notification_email]));
  return rows.map((row) => ({ ...row, notification_email: byUser.get(row.user_id) ?? null }));
}
