import { randomBytes } from "node:crypto";

import { expectNoFaults } from "@myaegee/service-kit";

import { hashPassword } from "../accounts/password.ts";
import { expectUnique } from "../errors.ts";
import { insertMember, memberKeys } from "../members/insert-member.ts";
import type { NewMember } from "../members/members.schema.ts";
import { findNewMemberFaults } from "../members/profile.ts";
import type { Db } from "../tables.ts";
import { insertBodyMember } from "./memberships.repository.ts";

/** A confirmed account with a password that nobody knows: its owner asks for a new one by mail. */
export async function createMember(newMember: NewMember, bodyId: number, db: Db) {
  const now = new Date();
  expectNoFaults(findNewMemberFaults(newMember, now));
  const passwordHash = await hashPassword(randomBytes(32).toString("hex"));
  return expectUnique(memberKeys, () =>
    db.transaction().execute(async (trx) => {
      const account = { now, passwordHash, isConfirmed: true, campaignId: null };
      const member = await insertMember(trx, newMember, account);
      return insertBodyMember(trx, { userId: member.id, bodyId });
    }),
  );
}
