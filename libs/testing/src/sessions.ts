import {
  seedBodies,
  type LocalPermission,
  type Permission,
  type Session,
  type SessionUser,
} from "@myaegee/contracts";

export interface SessionOptions {
  /** What differs from an ordinary member of AEGEE-Testburg with id 3. */
  user?: Partial<SessionUser>;
  /** Global permissions: `["manage_event:training"]`. */
  global?: readonly string[];
  /** Local permissions with the bodies they hold in: `{ "approve_members:events": [1] }`. */
  local?: Readonly<Record<string, readonly number[]>>;
}

/** The session of a person as core answers it. */
export function buildSession(options: SessionOptions = {}): Session {
  return {
    user: buildSessionUser(options.user),
    service: null,
    permissions: (options.global ?? []).map((name, index) => buildPermission(name, index + 1)),
    local_permissions: Object.entries(options.local ?? {}).map(([name, bodyIds]) =>
      buildLocalPermission(name, bodyIds),
    ),
  };
}

/** The session of a service as core answers it. */
export function buildServiceSession(service: string): Session {
  return { user: null, service, permissions: [], local_permissions: [] };
}

export function buildSessionUser(user: Partial<SessionUser> = {}): SessionUser {
  const username = user.username ?? "member";
  return {
    id: 3,
    username,
    first_name: "Mara",
    last_name: "Member",
    email: `${username}@example.org`,
    notification_email: `${username}@example.org`,
    date_of_birth: "2000-02-29",
    gender: "female",
    superadmin: false,
    active: true,
    primary_body_id: seedBodies.testburg.id,
    bodies: [seedBodies.testburg],
    ...user,
  };
}

function buildPermission(name: string, id: number): Permission {
  const { action, object } = splitName(name);
  return { id, scope: "global", action, object, combined: `global:${name}`, filters: [] };
}

function buildLocalPermission(name: string, bodyIds: readonly number[]): LocalPermission {
  return { ...splitName(name), body_ids: [...bodyIds] };
}

function splitName(name: string): { action: string; object: string } {
  const [action = "", object = ""] = name.split(":");
  return { action, object };
}
