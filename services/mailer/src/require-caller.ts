import { createHash, timingSafeEqual } from "node:crypto";

import { expectPermission, requireUser } from "@myaegee/auth";
import { unauthorized } from "@myaegee/service-kit";
import type { FastifyRequest } from "fastify";

export type ServiceTokens = Readonly<Record<string, string>>;

/** What an admin of the mailer holds globally, besides superadmins. */
export const viewPermission = "view:mailer";
export const retryPermission = "retry:mailer";

/** The calling service's name, or 401. */
export function requireService(request: FastifyRequest, tokens: ServiceTokens): string {
  const { "x-service": service, "x-service-token": token } = request.headers;
  const name = typeof service === "string" ? service : "";
  const expected = Object.hasOwn(tokens, name) ? (tokens[name] ?? "") : "";
  // Compared also for an unknown name, so that the time tells nothing.
  const isRight = isSame(typeof token === "string" ? token : "", expected);
  if (!isRight || expected === "") {
    throw unauthorized("This needs X-Service and the X-Service-Token that belongs to it.");
  }
  return name;
}

/** A person with a global permission of the mailer: 401, 403, or 503 while core is away. */
export async function requireAdmin(request: FastifyRequest, permission: string): Promise<void> {
  expectPermission(await requireUser(request), permission);
}

/** A person's token counts before a service's, as everywhere. */
export async function requireServiceOrAdmin(
  request: FastifyRequest,
  tokens: ServiceTokens,
): Promise<void> {
  if (request.headers["x-auth-token"] === undefined) {
    requireService(request, tokens);
    return;
  }
  await requireAdmin(request, viewPermission);
}

function isSame(given: string, expected: string): boolean {
  return timingSafeEqual(hash(given), hash(expected));
}

/** Equal lengths for the comparison, whatever came. */
function hash(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
