/** A permission as a circle grants it. An empty `filters` means every field. */
export interface Permission {
  id: number;
  scope: "global" | "local" | "join_request";
  action: string;
  object: string;
  combined: string;
  description: string;
  filters: string[];
}

/** A permission that a user's circles grant, with the bodies through whose bound circles it came. */
export interface Grant extends Permission {
  body_ids: number[];
}

/** What a request concerns: the bodies whose local and join-request permissions count. */
export interface Place {
  bodyIds: readonly number[];
  joinRequestBodyIds: readonly number[];
}

export const nowhere: Place = { bodyIds: [], joinRequestBodyIds: [] };

export function withinBody(bodyId: number | null): Place {
  return bodyId === null ? nowhere : { bodyIds: [bodyId], joinRequestBodyIds: [] };
}

/** The grants that count for a request about `place`: all global ones, the others only from its bodies. */
export function grantsWithin(grants: readonly Grant[], place: Place): Grant[] {
  return grants.filter((grant) => {
    switch (grant.scope) {
      case "global":
        return true;
      case "local":
        return haveCommon(grant.body_ids, place.bodyIds);
      case "join_request":
        return haveCommon(grant.body_ids, place.joinRequestBodyIds);
    }
  });
}

/**
 * `asked` is `scope:action:object`, or `action:object` for any scope;
 * then global wins over local, and local over join_request.
 */
export function findPermission<P extends Permission>(
  permissions: readonly P[],
  asked: string,
): P | undefined {
  const wanted =
    asked.split(":").length === 2 ? scopes.map((scope) => `${scope}:${asked}`) : [asked];
  return wanted
    .map((combined) => permissions.find((permission) => permission.combined === combined))
    .find((permission) => permission !== undefined);
}

const scopes = ["global", "local", "join_request"] as const;

/** Keeps of `changes` what the permission's filters let through. */
export function keepPermittedFields<T extends object>(
  changes: T,
  { filters }: Permission,
): Partial<T> {
  if (filters.length === 0) {
    return changes;
  }
  const kept: Partial<T> = { ...changes };
  for (const field of keysOf(changes)) {
    if (!filters.includes(String(field))) {
      delete kept[field];
    }
  }
  return kept;
}

function* keysOf<T extends object>(record: T): Generator<keyof T> {
  for (const key in record) {
    yield key;
  }
}

function haveCommon(some: readonly number[], others: readonly number[]): boolean {
  return some.some((id) => others.includes(id));
}
