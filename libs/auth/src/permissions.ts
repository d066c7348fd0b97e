import type { Session } from "@myaegee/contracts";
import { forbidden } from "@myaegee/service-kit";

/** Whether the caller holds a global permission, such as `manage_event:training`. A superadmin holds all. */
export function hasPermission(session: Session | null, permission: string): boolean {
  return (
    session !== null &&
    (session.user?.superadmin === true ||
      session.permissions.some(({ combined }) => combined === `global:${permission}`))
  );
}

/** Ids of the bodies in which the caller holds a local permission, such as `approve_members:events`. */
export function bodiesWith(session: Session | null, permission: string): number[] {
  return (session?.local_permissions ?? [])
    .filter(({ action, object }) => `${action}:${object}` === permission)
    .flatMap(({ body_ids }) => body_ids);
}

export function hasLocalPermission(
  session: Session | null,
  permission: string,
  bodyId: number,
): boolean {
  return bodiesWith(session, permission).includes(bodyId);
}

export function isMemberOf(session: Session | null, bodyId: number): boolean {
  return session?.user?.bodies.some(({ id }) => id === bodyId) === true;
}

/** 403 unless the caller holds the global permission. */
export function expectPermission(session: Session, permission: string): void {
  if (!hasPermission(session, permission)) {
    throw forbidden(`Permission "global:${permission}" is required.`);
  }
}
