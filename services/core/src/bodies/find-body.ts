import { forbidden, notFound, unauthorized } from "@myaegee/service-kit";

import { type Caller, hasPermission } from "../access/caller.ts";
import type { Db } from "../tables.ts";
import { type BodyDetails, readBody, type Sight } from "./bodies.repository.ts";

/** A body that the caller may know of; any other is not found. */
export async function findBody(
  idOrCode: number | string,
  { caller, db }: { caller: Caller; db: Db },
): Promise<BodyDetails> {
  const sight = sightOf(caller);
  const body = await readBody(db, idOrCode, sight === "active" ? "all" : sight);
  if (body === undefined || (body.status === "deleted" && !(await maySeeDeleted(caller)))) {
    throw notFound("Body");
  }
  return body;
}

/** For what makes somebody a member: nobody joins a body that is deleted. */
export async function findActiveBody(
  idOrCode: number | string,
  context: { caller: Caller; db: Db },
): Promise<BodyDetails> {
  const body = await findBody(idOrCode, context);
  if (body.status !== "active") {
    throw forbidden(`${body.name} is deleted: nobody can join it.`);
  }
  return body;
}

/**
 * Whoever sends a token that ran out is told so, and can renew it:
 * taken for a stranger they would see some bodies missing and not know why.
 */
export function sightOf(caller: Caller): Sight {
  if (caller.kind === "nobody" && caller.hasToken) {
    throw unauthorized();
  }
  return caller.kind === "nobody" ? "active locals" : "active";
}

async function maySeeDeleted(caller: Caller): Promise<boolean> {
  return caller.kind === "service" || hasPermission(caller, "global:view_deleted:body");
}
