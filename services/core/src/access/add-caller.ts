import { type App, unauthorized } from "@myaegee/service-kit";
import type { FastifyRequest } from "fastify";

import { type Caller, type CallerDeps, type Credentials, readCaller } from "./caller.ts";

declare module "fastify" {
  interface FastifyRequest {
    caller: Caller;
  }
}

/** Finds out who sends each request, before anything else is looked at. */
export function addCaller(app: Pick<App, "addHook" | "decorateRequest">, deps: CallerDeps): void {
  app.decorateRequest("caller");
  app.addHook("onRequest", async (request) => {
    request.caller = await readCaller(readCredentials(request), deps);
  });
}

/** For routes of people: `{ onRequest: allowUsers }`. */
export async function allowUsers({ caller }: FastifyRequest): Promise<void> {
  if (caller.kind !== "user") {
    throw unauthorized();
  }
}

/** For routes of people and services: `{ onRequest: allowKnown }`. */
export async function allowKnown({ caller }: FastifyRequest): Promise<void> {
  if (caller.kind === "nobody") {
    throw unauthorized();
  }
}

function readCredentials({ headers }: FastifyRequest): Credentials {
  return {
    token: headers["x-auth-token"]?.toString(),
    service: headers["x-service"]?.toString(),
    serviceToken: headers["x-service-token"]?.toString(),
  };
}
