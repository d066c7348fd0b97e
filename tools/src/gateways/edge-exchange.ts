import {
  type ClientRequest,
  type IncomingMessage,
  request as openRequest,
  type ServerResponse,
} from "node:http";

import { type Refusal, writeRefusal } from "./edge-answers.ts";
import { hasBody, planClientHeaders, planUpstreamHeaders } from "./edge-headers.ts";
import type { Target } from "./edge-slots.ts";

export interface EdgeLimits {
  bodyBytes: number;
  /** From the last byte sent to the service until its answer begins. */
  answerMs: number;
}

/** One request on its way through the gateway. */
export interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
  target: Target;
  service: string;
  /** Path and query for the service. */
  path: string;
  requestId: string;
  trustForwarded: boolean;
  limits: EdgeLimits;
  /** True while the gateway wants its clients to come back on another connection. */
  isLeaving: () => boolean;
}

const repeatableMethods = new Set(["GET", "HEAD", "OPTIONS"]);

/** Sends a request to the target and its answer back, counting it on the target as long as it runs. */
export function forwardExchange(exchange: Exchange): void {
  const { request, response, target } = exchange;
  target.inflight += 1;
  response.once("close", () => (target.inflight -= 1));
  const upstream = openUpstream(exchange, false);
  limitBody(exchange, upstream);
  sendBody(request, upstream);
}

function openUpstream(exchange: Exchange, isReplay: boolean): ClientRequest {
  const { request, response, target, limits } = exchange;
  const upstream = openRequest({
    host: target.host,
    port: target.port,
    method: request.method,
    path: exchange.path,
    headers: planUpstreamHeaders(request, exchange),
    // A replay must not meet a second connection that is just going away.
    agent: isReplay ? false : target.agent,
  });
  const stopWaiting = limitWait(upstream, limits.answerMs);
  upstream.once("response", (answer) => {
    stopWaiting();
    sendAnswer(exchange, answer);
  });
  upstream.on("error", (cause) => {
    stopWaiting();
    settleFailure(exchange, { upstream, cause, isReplay });
  });
  response.once("close", () => {
    if (!response.writableFinished) upstream.destroy();
  });
  return upstream;
}

function sendBody(request: IncomingMessage, upstream: ClientRequest): void {
  if (!hasBody(request)) return void upstream.end();
  request.pipe(upstream, { end: false });
  request.once("end", () => {
    if (request.rawTrailers.length > 0) upstream.addTrailers(pairsOf(request.rawTrailers));
    upstream.end();
  });
}

function limitBody(exchange: Exchange, upstream: ClientRequest): void {
  const { request, limits } = exchange;
  let receivedBytes = 0;
  request.on("data", (chunk: Buffer) => {
    receivedBytes += chunk.length;
    if (receivedBytes <= limits.bodyBytes) return;
    request.unpipe(upstream).pause();
    refuse(exchange, {
      status: 413,
      message: `The request is larger than ${limits.bodyBytes} bytes.`,
    });
    upstream.destroy();
  });
}

function sendAnswer(exchange: Exchange, answer: IncomingMessage): void {
  const { response, requestId } = exchange;
  if (response.headersSent || response.destroyed) return void answer.destroy();
  response.writeHead(
    answer.statusCode ?? 502,
    answer.statusMessage,
    planClientHeaders(answer, { requestId, closeAfter: exchange.isLeaving() }),
  );
  answer.pipe(response, { end: false });
  answer.once("end", () => {
    if (answer.rawTrailers.length > 0) response.addTrailers(pairsOf(answer.rawTrailers));
    response.end();
  });
  // The status is out: only a cut connection still tells the client that the rest is missing.
  answer.once("close", () => {
    if (!answer.complete) response.destroy();
  });
  answer.on("error", () => response.destroy());
}

interface Failure {
  upstream: ClientRequest;
  cause: NodeJS.ErrnoException;
  isReplay: boolean;
}

function settleFailure(exchange: Exchange, failure: Failure): void {
  const { request, response } = exchange;
  if (response.writableEnded || response.destroyed) return;
  if (!response.headersSent && mayReplay(request, failure)) {
    openUpstream(exchange, true).end();
    return;
  }
  refuse(exchange, planRefusal(exchange.service, failure.cause));
}

/** Only what changes nothing and was lost on a connection that the service had closed while it was idle. */
function mayReplay(request: IncomingMessage, { upstream, cause, isReplay }: Failure): boolean {
  return (
    !isReplay &&
    upstream.reusedSocket &&
    (cause.code === "ECONNRESET" || cause.code === "EPIPE") &&
    repeatableMethods.has(request.method ?? "") &&
    !hasBody(request)
  );
}

function planRefusal(service: string, cause: NodeJS.ErrnoException): Refusal {
  if (cause.code === "ECONNREFUSED") {
    return { status: 503, message: `The service "${service}" is starting. Try again in a moment.` };
  }
  if (cause.code === "ETIMEDOUT") {
    return { status: 504, message: `The service "${service}" did not answer in time.` };
  }
  return { status: 502, message: `The service "${service}" broke off the request.` };
}

function refuse({ request, response, requestId }: Exchange, refusal: Refusal): void {
  writeRefusal(request, response, { ...refusal, requestId });
}

function limitWait(upstream: ClientRequest, answerMs: number): () => void {
  let timer: NodeJS.Timeout | undefined;
  upstream.once("finish", () => {
    timer = setTimeout(() => {
      upstream.destroy(Object.assign(new Error("No answer in time."), { code: "ETIMEDOUT" }));
    }, answerMs);
  });
  return () => clearTimeout(timer);
}

function pairsOf(raw: readonly string[]): [string, string][] {
  return raw.flatMap((name, index): [string, string][] =>
    index % 2 === 0 ? [[name, raw[index + 1] ?? ""]] : [],
  );
}
