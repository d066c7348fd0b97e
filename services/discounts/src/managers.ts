import { expectPermission, hasPermission, requireUser } from "@myaegee/auth";
import type { FastifyRequest } from "fastify";

/** Who holds this globally keeps integrations, codes and categories. */
const managePermission = "manage:discounts";

export async function isManager(request: FastifyRequest): Promise<boolean> {
  return hasPermission(await requireUser(request), managePermission);
}

/** For `onRequest`: 403 for everybody else, before their body is read. */
export async function onlyManagers(request: FastifyRequest): Promise<void> {
  expectPermission(await requireUser(request), managePermission);
}
