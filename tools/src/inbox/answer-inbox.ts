import type { IncomingMessage, ServerResponse } from "node:http";

import { formatListPage, formatMailDocument, formatMessagePage } from "./inbox-pages.ts";
import type { InboxMessage, InboxStore } from "./inbox-store.ts";

interface Answer {
  status: number;
  type: "text/html" | "application/json";
  body: string;
  /** Content security policy. */
  policy: string;
}

const pagePolicy =
  "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
/** A mail may show its own styles and embedded pictures; it runs nothing and fetches nothing. */
const mailPolicy =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox allow-popups allow-popups-to-escape-sandbox";

/** Pages and JSON below `/inbox`; false when the request is for something else. */
export function answerInbox(
  store: InboxStore,
  request: IncomingMessage,
  response: ServerResponse,
): boolean {
  const url = new URL(request.url ?? "/", "http://inbox");
  if (url.pathname !== "/inbox" && !url.pathname.startsWith("/inbox/")) return false;
  void settle(store, request, url).then((answer) => send(response, answer));
  return true;
}

async function settle(store: InboxStore, request: IncomingMessage, url: URL): Promise<Answer> {
  if (!isLocalHost(request.headers.host)) {
    // Otherwise any web page could read the mails by pointing its own name at this machine.
    return json(403, { success: false, message: "The inbox answers on localhost only." });
  }
  if (request.method === "DELETE" && url.pathname === "/inbox/api/messages") {
    await store.clear();
    return json(200, { success: true, data: [] });
  }
  if (request.method !== "GET" && request.method !== "HEAD") {
    return json(405, { success: false, message: "The inbox is for reading." });
  }
  return planAnswer(store, url);
}

function planAnswer(store: InboxStore, url: URL): Answer {
  const to = url.searchParams.get("to");
  const messages = () => filterByRecipient(store.list(), to);
  if (url.pathname === "/inbox" || url.pathname === "/inbox/") {
    return page(formatListPage(messages(), to === "" ? null : to));
  }
  if (url.pathname === "/inbox/api/messages") {
    return json(200, { success: true, data: messages(), meta: { count: messages().length } });
  }
  const parts = /^\/inbox\/(api\/messages\/)?(\d+)(\/html)?$/.exec(url.pathname);
  const message = parts === null ? null : store.find(Number(parts[2]));
  if (parts === null || message === null) {
    return json(404, { success: false, message: "There is no such mail." });
  }
  if (parts[1] !== undefined) return json(200, { success: true, data: message });
  return parts[3] === undefined
    ? page(formatMessagePage(message))
    : { ...page(formatMailDocument(message)), policy: mailPolicy };
}

function filterByRecipient(messages: readonly InboxMessage[], to: string | null) {
  if (to === null || to === "") return messages;
  const wanted = to.toLowerCase();
  return messages.filter((message) => message.to.some((one) => one.toLowerCase() === wanted));
}

function isLocalHost(host: string | undefined): boolean {
  return /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(host ?? "");
}

function page(body: string): Answer {
  return { status: 200, type: "text/html", body, policy: pagePolicy };
}

function json(status: number, value: unknown): Answer {
  return { status, type: "application/json", body: JSON.stringify(value), policy: pagePolicy };
}

function send(response: ServerResponse, { status, type, body, policy }: Answer): void {
  response.writeHead(status, {
    "content-type": `${type}; charset=utf-8`,
    "content-length": Buffer.byteLength(body),
    "content-security-policy": policy,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
  });
  response.end(response.req.method === "HEAD" ? undefined : body);
}
