import { forbidden, unauthorized } from "@myaegee/service-kit";

import type { Db } from "../tables.ts";
import { type CallingUser, readUserByAccessToken } from "./caller.repository.ts";
import { readAllPermissions, readGrants } from "./grants.repository.ts";
import {
  findPermission,
  type Grant,
  grantsWithin,
  nowhere,
  type Permission,
  type Place,
} from "./permitted.ts";
import { isServiceToken } from "./service-tokens.ts";

export interface Credentials {
  token: string | undefined;
  service: string | undefined;
  serviceToken: string | undefined;
}

/** Who sent a request: a person, a service, or nobody we know. */
export type Caller =
  | { kind: "user"; user: CallingUser; grants: () => Promise<Grant[]>; db: Db }
  | { kind: "service"; service: string }
  /** `hasToken`: one was sent, and it is not valid (any more). */
  | { kind: "nobody"; hasToken: boolean };

export interface CallerDeps {
  db: Db;
  serviceTokens: Readonly<Record<string, string>>;
}

/** A token that is not valid makes the caller nobody: logging in and out works with it nevertheless. */
export async function readCaller(
  { token, service, serviceToken }: Credentials,
  { db, serviceTokens }: CallerDeps,
): Promise<Caller> {
  if (token !== undefined) {
    const user = await readUserByAccessToken(db, token);
    return user === undefined ? { kind: "nobody", hasToken: true } : createUserCaller(user, db);
  }
  if (service !== undefined && isServiceToken(serviceTokens, { service, token: serviceToken })) {
    return { kind: "service", service };
  }
  return { kind: "nobody", hasToken: false };
}

/** The caller's permissions for a request about `place`; a superadmin holds every one there is. */
export async function readPermissions(
  caller: Caller,
  place: Place = nowhere,
): Promise<Permission[]> {
  if (caller.kind !== "user") {
    return [];
  }
  return caller.user.superadmin
    ? readAllPermissions(caller.db)
    : grantsWithin(await caller.grants(), place);
}

export async function hasPermission(
  caller: Caller,
  asked: string,
  place: Place = nowhere,
): Promise<boolean> {
  return findPermission(await readPermissions(caller, place), asked) !== undefined;
}

/** The permission, for its filters. */
export async function expectPermission(
  caller: Caller,
  asked: string,
  place: Place = nowhere,
): Promise<Permission> {
  const permission = findPermission(await readPermissions(caller, place), asked);
  if (permission === undefined) {
    throw forbidden(`Permission ${asked} is required, but not present.`);
  }
  return permission;
}

export function expectUser(caller: Caller): CallingUser {
  if (caller.kind !== "user") {
    throw unauthorized();
  }
  return caller.user;
}

function createUserCaller(user: CallingUser, db: Db): Caller {
  let grants: Promise<Grant[]> | undefined;
  return {
    kind: "user",
    user,
    db,
    grants() {
      grants ??= readGrants(db, user.id);
      return grants;
    },
  };
}
