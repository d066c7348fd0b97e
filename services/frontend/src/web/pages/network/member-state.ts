import type { Member } from "../../api/core.ts";

/** The one word that matters most about an account. */
export function memberState(member: Member): "suspended" | "unconfirmed" | "active" {
  if (member.active === false) return "suspended";
  return member.mail_confirmed_at === null ? "unconfirmed" : "active";
}
