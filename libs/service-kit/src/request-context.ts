import { AsyncLocalStorage } from "node:async_hooks";
import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";

import fastifyPlugin from "fastify-plugin";

interface RequestContext {
  requestId: string;
}

const storage = new AsyncLocalStorage<RequestContext>();
const ACCEPTED_ID = /^[\w.:-]{1,128}$/;

/** Id of the request that is being answered, for logs and for calls to other services. */
export function currentRequestId(): string | undefined {
  return storage.getStore()?.requestId;
}

/** The caller's id where it is a plain one, else a new one. */
export function readRequestId(request: IncomingMessage): string {
  const id = request.headers["x-request-id"];
  return typeof id === "string" && ACCEPTED_ID.test(id) ? id : randomUUID();
}

/** Makes the request's id known to everything that runs for it, and puts it on every answer. */
export const requestContext = fastifyPlugin(async (app) => {
  app.addHook("onRequest", (request, reply, done) => {
    reply.header("x-request-id", request.id);
    storage.run({ requestId: request.id }, done);
  });
  // Reading the body leaves the asynchronous context of the first hook.
  app.addHook("preValidation", (request, _reply, done) => {
    storage.run({ requestId: request.id }, done);
  });
});
