import { type IncomingMessage, type ServerResponse, STATUS_CODES } from "node:http";

import { formatEnvelope, formatPage } from "./front-door-texts.ts";

export interface Refusal {
  status: 400 | 404 | 413 | 501 | 502 | 503 | 504;
  message: string;
}

/** The gateway's own answer: the services' envelope, or a page for people. */
export function writeRefusal(
  request: IncomingMessage,
  response: ServerResponse,
  { status, message, requestId }: Refusal & { requestId: string },
): void {
  if (response.headersSent) return void response.destroy();
  const isPage = wantsPage(request);
  const body = isPage ? formatPage(status, message) : formatEnvelope(message);
  response.writeHead(status, {
    "content-type": isPage ? "text/html; charset=utf-8" : "application/json; charset=utf-8",
    "content-length": Buffer.byteLength(body),
    "cache-control": "no-store",
    "x-request-id": requestId,
    ...(status === 503 ? { "retry-after": "2" } : {}),
    // What is left of the request's body is not read.
    ...(status === 413 || status === 400 ? { connection: "close" } : {}),
  });
  response.end(request.method === "HEAD" ? undefined : body);
}

/** For what is not even a request, written to the bare socket. */
export function formatRawRefusal(status: number, message: string): string {
  const body = formatEnvelope(message);
  return [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}`,
    "content-type: application/json; charset=utf-8",
    `content-length: ${Buffer.byteLength(body)}`,
    "connection: close",
    "",
    body,
  ].join("\r\n");
}

function wantsPage({ headers, method, url = "" }: IncomingMessage): boolean {
  return (
    (method === "GET" || method === "HEAD") &&
    !url.startsWith("/api/") &&
    (headers.accept ?? "").includes("text/html")
  );
}
