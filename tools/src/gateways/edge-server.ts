import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";

import { formatRawRefusal, type Refusal, writeRefusal } from "./edge-answers.ts";
import { type EdgeLimits, forwardExchange } from "./edge-exchange.ts";
import { chooseRequestId } from "./edge-headers.ts";
import { parseTarget, type RouteMatch } from "./edge-routes.ts";
import type { Slots, Target } from "./edge-slots.ts";
import { openTunnel } from "./edge-tunnel.ts";

/** One line of the access log; without the query, which may hold tokens. */
export interface AccessRecord {
  time: string;
  method: string;
  path: string;
  status: number;
  durationMs: number;
  service: string | null;
  instance: string | null;
  requestId: string;
  remote: string;
}

export interface EdgeServerOptions {
  slots: Slots;
  match: (target: string) => RouteMatch | null;
  /** What the gateway answers itself; true when it has taken the request. */
  answerLocally: (request: IncomingMessage, response: ServerResponse) => boolean;
  /** Why this request goes to no service at the moment. */
  refuse: (request: IncomingMessage) => Refusal | null;
  /** Of every answer that does not set them itself. */
  extraHeaders: readonly (readonly [string, string])[];
  trustForwarded: boolean;
  limits: EdgeLimits;
  isLeaving: () => boolean;
  writeAccess: (record: AccessRecord) => void;
}

const maxHeaderBytes = 16 * 1024;

/** A listener of the gateway, not listening yet: the public one or the one between services. */
export function createEdgeServer(options: EdgeServerOptions): Server {
  const server = createServer({
    maxHeaderSize: maxHeaderBytes,
    headersTimeout: 15_000,
    requestTimeout: 300_000,
    keepAliveTimeout: 75_000,
    connectionsCheckingInterval: 5000,
    // Any other protocol (h2c) stays plain HTTP, so nothing can hide behind an upgrade.
    shouldUpgradeCallback: ({ headers }) => headers.upgrade?.toLowerCase() === "websocket",
  });
  server.on("request", (request, response) => serveRequest(options, request, response));
  server.on("upgrade", (request, client, head) => serveUpgrade(options, { request, client, head }));
  server.on("clientError", refuseBrokenRequest);
  server.on("connection", (socket) => socket.setNoDelay(true).setKeepAlive(true, 30_000));
  return server;
}

function serveRequest(
  options: EdgeServerOptions,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const requestId = chooseRequestId(request.headers["x-request-id"]);
  for (const [name, value] of options.extraHeaders) response.setHeader(name, value);
  const found = options.answerLocally(request, response) ? null : findTarget(options, request);
  logAccess(options, { request, response, requestId, found });
  if (found === null) return;
  if ("refusal" in found) return writeRefusal(request, response, { ...found.refusal, requestId });
  const { trustForwarded, limits, isLeaving } = options;
  forwardExchange({ request, response, requestId, trustForwarded, limits, isLeaving, ...found });
}

interface Found {
  service: string;
  target: Target;
  path: string;
}

interface Refused {
  refusal: Refusal;
}

function findTarget(options: EdgeServerOptions, request: IncomingMessage): Found | Refused {
  const fault = findFault(request, options.limits) ?? options.refuse(request);
  if (fault !== null) return { refusal: fault };
  const path = parseTarget(request.url ?? "");
  const match = path === null ? null : options.match(path);
  const slot = match === null ? undefined : options.slots.bySlot.get(match.service);
  if (match === null || slot === undefined) {
    return { refusal: { status: 404, message: "There is nothing at this address." } };
  }
  if (slot.current === null) {
    const message = `The service "${slot.service}" is not running yet. Try again in a moment.`;
    return { refusal: { status: 503, message } };
  }
  return { service: slot.service, target: slot.current, path: match.target };
}

function findFault({ headers }: IncomingMessage, { bodyBytes }: EdgeLimits): Refusal | null {
  const encoding = headers["transfer-encoding"]?.toLowerCase();
  const length = headers["content-length"];
  if (encoding !== undefined && length !== undefined) {
    return {
      status: 400,
      message: "A request has a content-length or a transfer-encoding, not both.",
    };
  }
  if (encoding !== undefined && encoding !== "chunked") {
    return { status: 501, message: `The transfer-encoding "${encoding}" is not supported.` };
  }
  if (Number(length ?? 0) > bodyBytes) {
    return { status: 413, message: `The request is larger than ${bodyBytes} bytes.` };
  }
  return null;
}

function serveUpgrade(
  options: EdgeServerOptions,
  { request, client, head }: { request: IncomingMessage; client: Duplex; head: Buffer },
): void {
  const found = findTarget(options, request);
  if ("refusal" in found) {
    client.end(formatRawRefusal(found.refusal.status, found.refusal.message));
    return;
  }
  const requestId = chooseRequestId(request.headers["x-request-id"]);
  openTunnel({
    request,
    client,
    head,
    requestId,
    trustForwarded: options.trustForwarded,
    ...found,
  });
}

interface Served {
  request: IncomingMessage;
  response: ServerResponse;
  requestId: string;
  found: Found | Refused | null;
}

function logAccess(options: EdgeServerOptions, { request, response, requestId, found }: Served) {
  const startedMs = performance.now();
  const isForwarded = found !== null && "target" in found;
  const remote = request.socket.remoteAddress ?? "";
  response.once("close", () =>
    options.writeAccess({
      time: new Date().toISOString(),
      method: request.method ?? "",
      path: (request.url ?? "").split("?", 1)[0] ?? "",
      // As nginx: the client left before an answer.
      status: response.headersSent ? response.statusCode : 499,
      durationMs: Math.round((performance.now() - startedMs) * 10) / 10,
      service: isForwarded ? found.service : null,
      instance: isForwarded ? found.target.instance : null,
      requestId,
      remote,
    }),
  );
}

function refuseBrokenRequest(cause: NodeJS.ErrnoException, socket: Duplex): void {
  if (!socket.writable || cause.code === "ECONNRESET") return void socket.destroy();
  const [status, message] = planBrokenRefusal(cause.code);
  socket.end(formatRawRefusal(status, message));
}

function planBrokenRefusal(code: string | undefined): [number, string] {
  if (code === "HPE_HEADER_OVERFLOW") {
    return [431, `The headers are larger than ${maxHeaderBytes} bytes.`];
  }
  if (code === "ERR_HTTP_REQUEST_TIMEOUT") return [408, "The request did not arrive in time."];
  return [400, "This is not a valid HTTP request."];
}
