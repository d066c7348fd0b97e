import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

export interface Neighbour {
  url: string;
  /** `GET /session` and so on, in the order of arrival, with the headers that tell who asks. */
  calls: { line: string; headers: IncomingMessage["headers"] }[];
  stop(): Promise<void>;
}

/** Another service at the wire, which answers as the test wants. */
export async function startNeighbour(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<Neighbour> {
  const calls: Neighbour["calls"] = [];
  const server = createServer((request, response) => {
    calls.push({ line: `${request.method} ${request.url}`, headers: request.headers });
    request.resume();
    answer(request, response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    calls,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}
