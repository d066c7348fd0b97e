import type { Db } from "../tables.ts";
import { memberColumns } from "./members.repository.ts";
import type { NewMember } from "./members.schema.ts";
import { normaliseEmail, normaliseProfile } from "./profile.ts";

/** Unique constraints of users: the field they belong to, and what to say. */
export const memberKeys = {
  users_username_key: ["username", "User with this username already exists."],
  users_email_key: ["email", "User with this email already exists."],
} as const;

export async function insertMember(
  trx: Db,
  newMember: NewMember,
  account: { now: Date; passwordHash: string; isConfirmed: boolean; campaignId: number | null },
) {
  const { username, first_name, last_name } = newMember;
  return trx
    .insertInto("users")
    .values({
      ...normaliseProfile(newMember, account.now),
      username: username.trim().toLowerCase(),
      first_name: first_name.trim(),
      last_name: last_name.trim(),
      email: normaliseEmail(newMember.email),
      password_hash: account.passwordHash,
      mail_confirmed_at: account.isConfirmed ? account.now : null,
      campaign_id: account.campaignId,
    })
    .returning(memberColumns)
    .executeTakeFirstOrThrow();
}
