import { type IncomingMessage, type ServerResponse, STATUS_CODES } from "node:http";

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

function formatEnvelope(message: string): string {
  return JSON.stringify({ success: false, message });
}

function wantsPage({ headers, method, url = "" }: IncomingMessage): boolean {
  return (
    (method === "GET" || method === "HEAD") &&
    !url.startsWith("/api/") &&
    (headers.accept ?? "").includes("text/html")
  );
}

function formatPage(status: number, message: string): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${status} ${STATUS_CODES[status] ?? ""}</title>
<style>
  body { font: 1.1rem/1.6 system-ui, sans-serif; max-width: 34rem; margin: 18vh auto; padding: 0 1.5rem; color: #1c2733; }
  h1 { font-size: 1.5rem; } p { color: #4a5663; }
  @media (prefers-color-scheme: dark) { body { background: #14191f; color: #e8edf2; } p { color: #a9b4bf; } }
</style>
<h1>${status === 404 ? "There is nothing here" : "Back in a moment"}</h1>
<p>${message}</p>
</html>
`;
}
