import type { IncomingMessage, ServerResponse } from "node:http";

/** What the front door answers at `/.well-known/release-set`; false when the request is for something else. */
export function answerAnnounced(
  announced: { document: unknown },
  { url, method }: IncomingMessage,
  response: ServerResponse,
): boolean {
  if (url !== "/.well-known/release-set" || method !== "GET") return false;
  const isKnown = announced.document !== null && announced.document !== undefined;
  response.writeHead(isKnown ? 200 : 404, {
    "content-type": "application/json; charset=utf-8",
    "cache-control": "no-store",
  });
  response.end(
    JSON.stringify(
      isKnown
        ? announced.document
        : { success: false, message: "No release set is announced yet." },
    ),
  );
  return true;
}
