import { once } from "node:events";
import {
  type Agent,
  createServer,
  type RequestListener,
  request as openRequest,
  type Server,
} from "node:http";

import { onTestFinished } from "vitest";
import { WebSocketServer } from "ws";

import type { Route } from "../../src/workspace/service-manifest.ts";
import { openTestGateway } from "./spawn-haproxy.ts";

export const appRoutes: readonly Route[] = [{ path: "/api/app", strip: true }];

export const echo: RequestListener = (request, response) =>
  response.end(JSON.stringify({ url: request.url, headers: request.headers }));

interface AppOptions {
  routes?: readonly Route[];
  settings?: Parameters<typeof openTestGateway>[0];
  join?: (server: Server) => void;
}

/** A gateway in front of one service, which takes traffic. */
export async function openApp(listener: RequestListener, options: AppOptions = {}) {
  const haproxy = await openTestGateway(options.settings);
  const address = await serveApp(listener, options.join);
  await haproxy.gateway.ensure("app", options.routes ?? appRoutes);
  await haproxy.gateway.shift("app", "app-1", address);
  const bind = haproxy.settings.publicBinds[0] ?? "";
  return { ...haproxy, address, base: `http://${bind}`, port: Number(bind.split(":")[1]) };
}

export async function serveApp(
  listener: RequestListener,
  join: (server: Server) => void = () => {},
): Promise<string> {
  const server = createServer(listener).listen(0, "127.0.0.1");
  await once(server, "listening");
  join(server);
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const address = server.address();
  return typeof address === "object" && address !== null ? `127.0.0.1:${address.port}` : "";
}

export function joinEcho(server: Server): void {
  new WebSocketServer({ server }).on("connection", (socket) =>
    socket.on("message", (data, isBinary) => socket.send(data, { binary: isBinary })),
  );
}

export async function get(
  url: string,
  agent: Agent,
): Promise<{ body: string; connection: string }> {
  return await new Promise((resolve, reject) => {
    const request = openRequest(url, { agent }, (answer) => {
      let body = "";
      answer.on("data", (chunk: Buffer) => (body += chunk.toString()));
      answer.once("end", () => resolve({ body, connection: answer.headers.connection ?? "" }));
    });
    request.once("error", reject);
    request.end();
  });
}
