import { request as sendHttp, type IncomingHttpHeaders, type IncomingMessage } from "node:http";
import { request as sendHttps } from "node:https";
import type { LookupFunction } from "node:net";

import { readTrust } from "./read-trust.ts";

export interface HttpRequest {
  method: "GET" | "HEAD" | "PATCH" | "POST" | "PUT";
  url: URL;
  headers: Readonly<Record<string, string>>;
  body?: Uint8Array | undefined;
  lookup?: LookupFunction | undefined;
  /** How long the other side may say nothing. */
  idleMs: number;
}

export interface HttpAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  /** As sent: not decompressed. */
  body: IncomingMessage;
  url: URL;
}

/** One exchange; not `fetch`, which unpacks compressed bodies and leaves no say in which address is called. */
export async function sendRequest(request: HttpRequest): Promise<HttpAnswer> {
  const { url, method, lookup, idleMs } = request;
  const isSecure = url.protocol === "https:";
  const agent = isSecure ? await readTrust(url.host) : undefined;
  const headers = { "user-agent": "slipway", "accept-encoding": "identity", ...request.headers };
  return new Promise((resolve, reject) => {
    const send = isSecure ? sendHttps : sendHttp;
    const outgoing = send(
      withoutUser(url),
      { method, headers, agent, ...(lookup !== undefined && { lookup }) },
      (body) => resolve({ status: body.statusCode ?? 0, headers: body.headers, body, url }),
    );
    outgoing.setTimeout(idleMs, () =>
      outgoing.destroy(new Error(`${url.host} sent nothing for ${idleMs} ms`)),
    );
    outgoing.once("error", reject);
    outgoing.end(request.body);
  });
}

/** The whole body; more than `maxBytes` ends the connection. */
export async function readBody({ body, url }: HttpAnswer, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    const part: Uint8Array = chunk;
    bytes += part.byteLength;
    if (bytes > maxBytes) {
      throw new Error(`${url.host} sent more than ${maxBytes} bytes`);
    }
    chunks.push(part);
  }
  return Buffer.concat(chunks);
}

/** Reads a short body to its end, so that the connection can be used again, and drops a long or broken one. */
export async function discardBody(answer: HttpAnswer): Promise<void> {
  await readBody(answer, 65_536).catch(() => answer.body.destroy());
}

function withoutUser(url: URL): URL {
  const plain = new URL(url);
  plain.username = "";
  plain.password = "";
  return plain;
}
