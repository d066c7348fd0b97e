import { notFound } from "@myaegee/service-kit";

import { type Caller, hasPermission } from "../access/caller.ts";
import type { Db } from "../tables.ts";
import { type BodyDetails, readBody, type Sight } from "./bodies.repository.ts";

/** A body that the caller may know of; any other is not found. */
export async function findBody(
  idOrCode: number | string,
  { caller, db }: { caller: Caller; db: Db },
): Promise<BodyDetails> {
  const body = await readBody(db, idOrCode, caller.kind === "nobody" ? "active locals" : "all");
  if (body === undefined || (body.status === "deleted" && !(await maySeeDeleted(caller)))) {
    throw notFound("Body");
  }
  return body;
}

export function sightOf(caller: Caller): Sight {
  return caller.kind === "nobody" ? "active locals" : "active";
}

async function maySeeDeleted(caller: Caller): Promise<boolean> {
  return caller.kind === "service" || hasPermission(caller, "global:view_deleted:body");
}
