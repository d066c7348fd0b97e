import { forbidden } from "@myaegee/service-kit";

import { type Caller, hasPermission } from "../access/caller.ts";
import { isOwn, withinBodiesOf } from "./find-member.ts";
import type { MemberDetails } from "./members.repository.ts";

/** All of a profile, or only how to recognise and reach somebody of one's own body. */
export async function viewMember(member: MemberDetails, caller: Caller) {
  const place = withinBodiesOf(member);
  if (
    caller.kind === "service" ||
    isOwn(caller, member) ||
    (await hasPermission(caller, "view:member", place))
  ) {
    return member;
  }
  if (await hasPermission(caller, "view_members:body", place)) {
    const { id, first_name, last_name, email, notification_email } = member;
    return { id, first_name, last_name, email, notification_email };
  }
  throw forbidden("Permission view:member is required, but not present.");
}
