import { requireUser } from "@myaegee/auth";
import type { FastifyRequest } from "fastify";

/** For `onRequest`: strangers are turned away before anybody reads what they sent. */
export async function loggedIn(request: FastifyRequest): Promise<void> {
  await requireUser(request);
}
