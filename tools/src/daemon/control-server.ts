import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";

import { SlipwayError } from "../errors.ts";
import type { DaemonContext } from "./daemon-context.ts";
import { epochHeader, fenceCall } from "./fence.ts";
import type { ControlFailure, ControlHandlers, MethodName, Params, Result } from "./protocol.ts";

/** `POST /<method>` with JSON in and out, on a unix socket that only its owner can open. */
export function createControlServer(
  handlers: ControlHandlers,
  { log, claim }: Pick<DaemonContext, "log" | "claim">,
): Server {
  return createServer({ requestTimeout: 0 }, (request, response) => {
    void answer({ handlers, claim }, request, response).catch((cause: unknown) => {
      log("control-failed", { method: request.url, cause: describeCause(cause) });
      sendJson(response, 500, describeFailure(cause));
    });
  });
}

interface Fenced {
  handlers: ControlHandlers;
  claim: DaemonContext["claim"];
}

async function answer(
  { handlers, claim }: Fenced,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const method = (request.url ?? "").slice(1);
  if (!isMethod(handlers, method)) {
    return sendJson(response, 404, { code: null, message: `Unknown call: ${method}`, hint: null });
  }
  const caller = new AbortController();
  response.once("close", () => caller.abort());
  const params = JSON.parse(await readBody(request));
  // Last before the call itself, so that no claim comes in between.
  fenceCall(method, Number(request.headers[epochHeader] ?? 0), claim.epoch);
  sendJson(response, 200, await invoke(handlers, { method, params, signal: caller.signal }));
}

interface Invocation<M extends MethodName> {
  method: M;
  params: Params<M>;
  signal: AbortSignal;
}

async function invoke<M extends MethodName>(
  handlers: ControlHandlers,
  { method, params, signal }: Invocation<M>,
): Promise<Result<M>> {
  return await handlers[method](params, signal);
}

function isMethod(handlers: ControlHandlers, name: string): name is MethodName {
  return Object.hasOwn(handlers, name);
}

async function readBody(request: IncomingMessage): Promise<string> {
  let body = "";
  for await (const chunk of request.setEncoding("utf8")) body += chunk;
  return body;
}

function sendJson(response: ServerResponse, status: number, value: unknown): void {
  if (response.destroyed) return;
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify(value ?? null));
}

function describeFailure(cause: unknown): ControlFailure {
  if (cause instanceof SlipwayError) {
    return { code: cause.code, message: cause.message, hint: cause.hint ?? null };
  }
  return { code: null, message: describeCause(cause), hint: null };
}

function describeCause(cause: unknown): string {
  return cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
}
