import type { FastifyRequest } from "fastify";

import { requireUser } from "./require-session.ts";

/** For `onRequest`: strangers are turned away before anybody reads what they sent. */
export async function loggedIn(request: FastifyRequest): Promise<void> {
  await requireUser(request);
}
