import { type IncomingMessage, request as openRequest } from "node:http";
import type { Duplex } from "node:stream";

import { formatRawRefusal } from "./edge-answers.ts";
import { planUpstreamHeaders } from "./edge-headers.ts";
import type { Target } from "./edge-slots.ts";

/** One connection that leaves HTTP: a WebSocket. */
export interface Tunnel {
  request: IncomingMessage;
  client: Duplex;
  /** What the client sent behind its request. */
  head: Buffer;
  target: Target;
  path: string;
  requestId: string;
  trustForwarded: boolean;
}

/** Joins the client to the target until either hangs up, counted on the target like a request. */
export function openTunnel(tunnel: Tunnel): void {
  const { request, client, target } = tunnel;
  target.inflight += 1;
  client.once("close", () => (target.inflight -= 1));
  client.on("error", () => client.destroy());
  const upstream = openRequest({
    host: target.host,
    port: target.port,
    method: request.method,
    path: tunnel.path,
    headers: [
      ...planUpstreamHeaders(request, tunnel),
      "connection",
      "Upgrade",
      "upgrade",
      "websocket",
    ],
    agent: false,
  });
  client.once("close", () => upstream.destroy());
  upstream.once("upgrade", (answer, server: Duplex, head: Buffer) => {
    client.write(formatHead(answer));
    join(client, server, { toClient: head, toServer: tunnel.head });
  });
  upstream.once("response", (answer) => {
    client.write(formatHead(answer));
    answer.pipe(client);
  });
  upstream.on("error", () =>
    client.end(formatRawRefusal(502, "The service broke off the request.")),
  );
  upstream.end();
}

function join(client: Duplex, server: Duplex, first: { toClient: Buffer; toServer: Buffer }): void {
  client.write(first.toClient);
  server.write(first.toServer);
  server.on("error", () => client.destroy());
  server.once("close", () => client.destroy());
  client.once("close", () => server.destroy());
  client.pipe(server).pipe(client);
}

/** As the service sent it: the handshake's own headers are hop-by-hop and wanted here. */
function formatHead({ statusCode, statusMessage, rawHeaders }: IncomingMessage): string {
  const lines = [`HTTP/1.1 ${statusCode} ${statusMessage}`];
  const isSwitch = statusCode === 101;
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? "";
    const isKept = isSwitch || !/^(connection|keep-alive|transfer-encoding)$/i.test(name);
    if (isKept) lines.push(`${name}: ${rawHeaders[index + 1]}`);
  }
  if (!isSwitch) lines.push("connection: close");
  return `${lines.join("\r\n")}\r\n\r\n`;
}
