import type { Session } from "../api/types.ts";

/** Does the session hold a global permission, e.g. `global:view:member`? Superadmins hold all. */
export function hasGlobal(session: Session | null, permission: string): boolean {
  if (session === null) return false;
  if (session.user?.superadmin === true) return true;
  return session.permissions.some(({ combined }) => combined === permission);
}

/** Does it hold any of `<action>:<object>` for an object that starts so, e.g. `approve_event`? */
export function hasAnyGlobalAction(session: Session | null, action: string): boolean {
  if (session === null) return false;
  if (session.user?.superadmin === true) return true;
  return session.permissions.some((one) => one.scope === "global" && one.action === action);
}

/** The bodies in which the session holds a local permission, e.g. `approve_members:events`. */
export function bodiesWith(session: Session | null, permission: string): readonly number[] {
  const found = session?.local_permissions.find(
    ({ action, object }) => `${action}:${object}` === permission,
  );
  return found?.body_ids ?? [];
}

/** Global or, for this body, local. */
export function hasInBody(session: Session | null, permission: string, bodyId: number): boolean {
  return (
    hasGlobal(session, `global:${permission}`) || bodiesWith(session, permission).includes(bodyId)
  );
}
