import type { MembersListRow } from "../tables.ts";
import { calculateFeeToAegee } from "./fees.ts";
import type { MembersList } from "./members-lists.schema.ts";

/** A members list with what each member and the whole body owe. */
export function formatMembersList(row: MembersListRow): MembersList {
  const members = row.members.map((member) => ({
    ...member,
    fee_to_aegee: calculateFeeToAegee(member.fee, row.conversion_rate),
  }));
  const feeToAegee = members.reduce((sum, member) => sum + member.fee_to_aegee, 0);
  return {
    ...row,
    members,
    fee_to_aegee: feeToAegee,
    fee_not_paid: Math.max(feeToAegee - row.fee_paid, 0),
  };
}
