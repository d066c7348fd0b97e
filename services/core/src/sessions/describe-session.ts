import type { Session } from "@myaegee/contracts";
import { unauthorized } from "@myaegee/service-kit";

import { type Caller, readPermissions } from "../access/caller.ts";
import { readBodiesOf } from "../members/members.repository.ts";
import type { Db } from "../tables.ts";

/** Who the caller is and what they may do, for every other service. */
export async function describeSession(caller: Caller, db: Db): Promise<Session> {
  if (caller.kind === "nobody") {
    throw unauthorized();
  }
  if (caller.kind === "service") {
    return { user: null, service: caller.service, permissions: [], local_permissions: [] };
  }
  const [bodies, permissions, grants] = await Promise.all([
    readBodiesOf(db, caller.user.id),
    readPermissions(caller),
    caller.grants(),
  ]);
  return {
    user: { ...caller.user, bodies },
    service: null,
    permissions,
    local_permissions: grants
      .filter(({ scope, body_ids }) => scope === "local" && body_ids.length > 0)
      .map(({ action, object, body_ids }) => ({ action, object, body_ids })),
  };
}
