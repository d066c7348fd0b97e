import { Agent, request as openRequest } from "node:http";
import { setTimeout as delay } from "node:timers/promises";

import { WebSocket } from "ws";

import { LoadRecorder, type LoadReport } from "./load-report.ts";

export interface LoadOptions {
  /** Answers 200 to GET `/`, POST `/`, GET `/slow?ms=` and WebSockets that echo, below this URL. */
  url: string;
  keepAliveGets?: number;
  keepAlivePosts?: number;
  /** Clients that open a connection for each request. */
  newConnections?: number;
  longRequests?: number;
  longMs?: number;
  webSockets?: number;
  thinkMs?: number;
}

export interface RunningLoad {
  /** Lets requests under way end, then tells what happened. */
  stop(): Promise<LoadReport>;
  sent(): number;
}

interface Client {
  recorder: LoadRecorder;
  isOn: () => boolean;
}

/** Strict clients: no retry, every failure counts, whatever its cause. */
export function startLoad(options: LoadOptions): RunningLoad {
  const recorder = new LoadRecorder();
  let isOn = true;
  const client: Client = { recorder, isOn: () => isOn };
  const sockets = times(options.webSockets ?? 4, () => openSocket(client, options.url));
  const loops = [
    ...times(options.keepAliveGets ?? 8, () =>
      runShort(client, options, { method: "GET", keepAlive: true }),
    ),
    ...times(options.keepAlivePosts ?? 6, () =>
      runShort(client, options, { method: "POST", keepAlive: true }),
    ),
    ...times(options.newConnections ?? 4, () =>
      runShort(client, options, { method: "GET", keepAlive: false }),
    ),
    ...times(options.longRequests ?? 4, () => runLong(client, options)),
  ];
  return {
    sent: () => recorder.short.sent,
    async stop() {
      isOn = false;
      await Promise.all(loops);
      for (const socket of sockets) socket.terminate();
      return recorder.report();
    },
  };
}

async function runShort(
  { recorder, isOn }: Client,
  { url, thinkMs = 10 }: LoadOptions,
  { method, keepAlive }: { method: "GET" | "POST"; keepAlive: boolean },
): Promise<void> {
  const agent = keepAlive ? new Agent({ keepAlive: true, maxSockets: 1 }) : false;
  const body = method === "POST" ? JSON.stringify({ some: "body" }) : null;
  while (isOn()) {
    const startedMs = performance.now();
    await send(url, { method, agent, body }).then(
      () => recorder.countAnswer("short", performance.now() - startedMs),
      (cause: Error) =>
        recorder.countFailure(
          "short",
          `${method} ${keepAlive ? "keep-alive" : "new"}: ${cause.message}`,
        ),
    );
    await delay(thinkMs);
  }
  if (agent !== false) agent.destroy();
}

async function runLong({ recorder, isOn }: Client, { url, longMs = 1500 }: LoadOptions) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  while (isOn()) {
    await send(`${url}/slow?ms=${longMs}`, { method: "GET", agent, body: null }).then(
      () => recorder.countAnswer("long", longMs),
      (cause: Error) => recorder.countFailure("long", `long: ${cause.message}`),
    );
  }
  agent.destroy();
}

interface Sending {
  method: string;
  agent: Agent | false;
  body: string | null;
}

async function send(url: string, { method, agent, body }: Sending): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const headers =
      body === null ? {} : { "content-type": "application/json", "content-length": body.length };
    const request = openRequest(url, { method, agent, headers }, (answer) => {
      let text = "";
      answer.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
      answer.once("error", reject);
      answer.once("end", () => {
        if (answer.statusCode !== 200)
          return reject(new Error(`${answer.statusCode} ${text.slice(0, 120)}`));
        resolve(void JSON.parse(text));
      });
    });
    request.setTimeout(20_000, () => request.destroy(new Error("no answer within 20 s")));
    request.once("error", reject);
    request.end(body ?? undefined);
  });
}

function openSocket({ recorder, isOn }: Client, url: string): WebSocket {
  const socket = new WebSocket(url.replace("http", "ws"));
  const speak = () => socket.send("ping");
  socket.on("open", () => {
    recorder.webSockets.opened += 1;
    speak();
  });
  socket.on("message", () => {
    recorder.webSockets.messages += 1;
    setTimeout(() => {
      if (socket.readyState === WebSocket.OPEN) speak();
    }, 100);
  });
  // Its close event follows and is counted.
  socket.on("error", () => {});
  socket.on("close", (code) => {
    if (isOn()) recorder.webSockets[code === 1001 ? "closed" : "cut"] += 1;
  });
  return socket;
}

function times<T>(count: number, make: () => T): T[] {
  return Array.from({ length: count }, make);
}
