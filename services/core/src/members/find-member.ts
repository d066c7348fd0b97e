import { notFound } from "@myaegee/service-kit";

import { type Caller, expectUser } from "../access/caller.ts";
import type { Place } from "../access/permitted.ts";
import type { Db } from "../tables.ts";
import { type MemberDetails, readMember } from "./members.repository.ts";

/** `me`, or an id. */
export async function findMember(
  id: "me" | number,
  { caller, db }: { caller: Caller; db: Db },
): Promise<MemberDetails> {
  const member = await readMember(db, id === "me" ? expectUser(caller).id : id);
  if (member === undefined) {
    throw notFound("Member");
  }
  return member;
}

/** A request about a person concerns all bodies that the person is in, or asked to join. */
export function withinBodiesOf(member: MemberDetails): Place {
  return {
    bodyIds: member.bodies.map(({ id }) => id),
    joinRequestBodyIds: member.join_requests.map(({ body_id }) => body_id),
  };
}

export function isOwn(caller: Caller, member: { id: number }): boolean {
  return caller.kind === "user" && caller.user.id === member.id;
}
