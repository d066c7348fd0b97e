import type { Session } from "@myaegee/contracts";
import type { FastifyRequest } from "fastify";
import fastifyPlugin from "fastify-plugin";

import { readCredentials } from "./read-credentials.ts";
import { createSessionCache, type SessionCacheOptions } from "./session-cache.ts";

export type AuthOptions = SessionCacheOptions;

declare module "fastify" {
  interface FastifyRequest {
    /** Asks core who the caller is, the first time a route wants to know. `null`: no or no valid token. */
    fetchSession(): Promise<Session | null>;
  }
}

/** Adds `request.fetchSession()`; routes use it through `requireUser`, `requireSession` or `optionalSession`. */
export const auth = fastifyPlugin<AuthOptions>(async (app, options) => {
  const readSession = createSessionCache(options);
  app.decorateRequest("fetchSession", async function fetchSession(this: FastifyRequest) {
    const credentials = readCredentials(this.headers);
    return credentials === null ? null : readSession(credentials);
  });
});
