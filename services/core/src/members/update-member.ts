import { expectNoFaults } from "@myaegee/service-kit";
import { sql } from "kysely";

import { type Caller, expectPermission } from "../access/caller.ts";
import { keepPermittedFields } from "../access/permitted.ts";
import { expectUnique } from "../errors.ts";
import type { Db } from "../tables.ts";
import { isOwn, withinBodiesOf } from "./find-member.ts";
import { memberKeys } from "./insert-member.ts";
import type { MemberDetails } from "./members.repository.ts";
import type { MemberChanges } from "./members.schema.ts";
import { findProfileFaults, normaliseProfile } from "./profile.ts";

/** Only the fields of a profile: nothing else of the body is looked at. */
export async function updateMember(
  member: MemberDetails,
  changes: MemberChanges,
  { caller, db }: { caller: Caller; db: Db },
): Promise<void> {
  const now = new Date();
  const permitted = isOwn(caller, member)
    ? changes
    : keepPermittedFields(
        changes,
        await expectPermission(caller, "update:member", withinBodiesOf(member)),
      );
  expectNoFaults(findProfileFaults(permitted, now));
  await expectUnique(memberKeys, () =>
    db
      .updateTable("users")
      .set({ ...normaliseProfile(permitted, now), updated_at: sql`now()` })
      .where("id", "=", member.id)
      .execute(),
  );
}

/** For what concerns an account and not only a profile: one's own, or with the permission to update. */
export async function expectOwnOrUpdate(member: MemberDetails, caller: Caller): Promise<void> {
  if (!isOwn(caller, member)) {
    await expectPermission(caller, "update:member", withinBodiesOf(member));
  }
}
