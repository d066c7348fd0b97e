import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";

/** Names and values in turn, as `rawHeaders`: order and repetition stay as they were sent. */
export type RawHeaders = readonly string[];

/** Mean one connection only, so a proxy must not pass them on (RFC 9110 §7.6.1). */
const hopByHop = new Set([
  "connection",
  "keep-alive",
  "proxy-connection",
  "proxy-authenticate",
  "proxy-authorization",
  "te",
  "transfer-encoding",
  "upgrade",
  "expect",
]);

/** What only a proxy may say, or what was meant for the front door alone: dropped there. */
const forwardedNames = new Set([
  "forwarded",
  "x-forwarded-for",
  "x-forwarded-host",
  "x-forwarded-proto",
  "x-real-ip",
  "x-maintenance-pass",
]);

export interface ForwardedFacts {
  requestId: string;
  /** Whether what the caller says about earlier hops is believed. */
  trustForwarded: boolean;
}

export function planUpstreamHeaders(request: IncomingMessage, facts: ForwardedFacts): string[] {
  const dropped = namesInConnection(request.headers.connection);
  const kept = filterHeaders(request.rawHeaders, (name) => {
    if (hopByHop.has(name) || dropped.has(name) || name === "x-request-id") return false;
    return facts.trustForwarded || !forwardedNames.has(name);
  });
  return [...kept, ...planFraming(request), ...planForwarded(request, facts)];
}

export function planClientHeaders(
  answer: IncomingMessage,
  { requestId, closeAfter }: { requestId: string; closeAfter: boolean },
): string[] {
  const dropped = namesInConnection(answer.headers.connection);
  const kept = filterHeaders(
    answer.rawHeaders,
    (name) => !hopByHop.has(name) && !dropped.has(name),
  );
  if (answer.headers["x-request-id"] === undefined) kept.push("x-request-id", requestId);
  if (closeAfter) kept.push("connection", "close");
  return kept;
}

/** The caller's own id when it is harmless in a log, else a new one. */
export function chooseRequestId(given: string | string[] | undefined): string {
  return typeof given === "string" && /^[\w.:-]{1,128}$/.test(given) ? given : randomUUID();
}

export function isChunked(request: IncomingMessage): boolean {
  return request.headers["transfer-encoding"] !== undefined;
}

export function hasBody(request: IncomingMessage): boolean {
  return isChunked(request) || Number(request.headers["content-length"] ?? 0) > 0;
}

function planFraming(request: IncomingMessage): string[] {
  if (isChunked(request)) return ["transfer-encoding", "chunked"];
  const isSilent = request.headers["content-length"] === undefined;
  // Without it Node would frame the missing body of a POST as an empty chunked one.
  return isSilent && request.method === "POST" ? ["content-length", "0"] : [];
}

function planForwarded(request: IncomingMessage, facts: ForwardedFacts): string[] {
  const { headers, socket } = request;
  const hop = socket.remoteAddress ?? "unknown";
  const requestId = ["x-request-id", facts.requestId];
  if (facts.trustForwarded && headers["x-forwarded-for"] !== undefined) return requestId;
  return [
    ...requestId,
    "x-forwarded-for",
    hop,
    "x-forwarded-host",
    headers.host ?? "",
    "x-forwarded-proto",
    "http",
  ];
}

function namesInConnection(connection: string | undefined): Set<string> {
  return new Set((connection ?? "").split(",").map((name) => name.trim().toLowerCase()));
}

function filterHeaders(raw: RawHeaders, isKept: (name: string) => boolean): string[] {
  const kept: string[] = [];
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const [name = "", value = ""] = [raw[index], raw[index + 1]];
    if (isKept(name.toLowerCase())) kept.push(name, value);
  }
  return kept;
}
