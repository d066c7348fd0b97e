import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import { setTimeout as delay } from "node:timers/promises";

import { afterEach, expect, test } from "vitest";
import { WebSocket, WebSocketServer } from "ws";

import type { AccessRecord } from "../../src/gateways/edge-server.ts";
import { createEdge, type Edge, type EdgeOptions } from "../../src/gateways/edge.ts";
import { until } from "../environment/test-environment.ts";
import { sendRaw } from "./raw-request.ts";

const closers: (() => unknown)[] = [];
const accessLog: AccessRecord[] = [];

afterEach(async () => {
  accessLog.length = 0;
  await Promise.all(closers.splice(0).map(async (close) => await close()));
});

test("passes a request on, without what concerns one connection only", async () => {
  const { base } = await openEdge((request, response) =>
    response.end(JSON.stringify(request.rawHeaders)),
  );

  const answer = await fetch(`${base}/api/app/x`, {
    method: "POST",
    body: "hello",
    headers: { "x-request-id": "from-caller", "x-forwarded-for": "6.6.6.6", "x-custom": "kept" },
  });
  const seen = pairs(JSON.parse(await answer.text()));

  expect(seen).toMatchObject({
    "x-custom": "kept",
    "content-length": "5",
    "x-request-id": "from-caller",
  });
  expect(seen["x-forwarded-for"]).toMatch(/^(127\.0\.0\.1|::1|::ffff:127\.0\.0\.1)$/);
  expect(answer.headers.get("x-request-id")).toBe("from-caller");
});

test("drops the headers that Connection names, and creates a request id", async () => {
  const { port } = await openEdge((request, response) =>
    response.end(JSON.stringify(request.rawHeaders)),
  );

  const answer = await sendRaw(
    port,
    "GET /api/app/ HTTP/1.1\r\nHost: a\r\nX-Secret: 1\r\nTE: trailers\r\nConnection: close, x-secret\r\n\r\n",
  );

  expect(answer).not.toContain("X-Secret");
  expect(answer).not.toContain("trailers");
  expect(answer).toMatch(/x-request-id: [0-9a-f-]{36}/);
});

test("keeps repeated headers, trailers and the status text", async () => {
  const { port } = await openEdge((_, response) => {
    response.writeHead(201, "Made It", [
      ["set-cookie", "a=1"],
      ["set-cookie", "b=2"],
      ["trailer", "x-sum"],
    ]);
    response.write("part");
    response.addTrailers({ "x-sum": "42" });
    response.end();
  });

  const answer = await sendRaw(
    port,
    "GET /api/app/ HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
  );

  expect(answer).toContain("HTTP/1.1 201 Made It");
  expect(answer).toMatch(/set-cookie: a=1\r\nset-cookie: b=2/);
  expect(answer).toContain("x-sum: 42");
});

test("adds what keeps browsers safe, and leaves alone what a service says itself", async () => {
  const { base } = await openEdge((_, response) => {
    response.writeHead(200, [["x-frame-options", "DENY"]]);
    response.end();
  });

  const { headers } = await fetch(`${base}/api/app/`);

  expect(headers.get("x-content-type-options")).toBe("nosniff");
  expect(headers.get("x-frame-options")).toBe("DENY");
});

test("shows people a page while there is maintenance, but for who has the pass", async () => {
  const maintenance = { message: "Back at <noon>.", pass: "let-me-in" };
  const { base } = await openEdge((_, response) => response.end("served"), { maintenance });

  const page = await fetch(`${base}/`, { headers: { accept: "text/html" } });
  const passed = await fetch(`${base}/api/app/`, {
    headers: { "x-maintenance-pass": "let-me-in" },
  });

  expect(page.status).toBe(503);
  expect(await page.text()).toContain("Back at &lt;noon&gt;.");
  expect(await passed.text()).toBe("served");
});

test("answers 404 as the envelope, and as a page to people", async () => {
  const { base } = await openEdge((_, response) => response.end());

  const machine = await fetch(`${base}/nowhere`);
  const person = await fetch(`${base}/nowhere`, { headers: { accept: "text/html" } });

  expect([machine.status, await machine.json()]).toEqual([
    404,
    { success: false, message: "There is nothing at this address." },
  ]);
  expect(person.headers.get("content-type")).toContain("text/html");
});

test("answers 503 while nothing listens behind, 502 when the service hangs up", async () => {
  const { base, edge } = await openEdge((request) => request.socket.destroy());
  edge.ensure("gone", [{ path: "/api/gone" }]);
  edge.shift(slotOf(edge, "gone"), { instance: "gone-1", address: "127.0.0.1:1" });
  edge.ensure("new", [{ path: "/api/new" }]);

  const [hungUp, gone, unstarted] = await Promise.all(
    ["/api/app", "/api/gone", "/api/new"].map((path) => fetch(base + path)),
  );

  expect([hungUp?.status, gone?.status, unstarted?.status]).toEqual([502, 503, 503]);
  expect(gone?.headers.get("retry-after")).toBe("2");
});

test("answers 504 when the service takes too long to begin", async () => {
  const { base } = await openEdge(() => {}, { answerMs: 100 });

  expect((await fetch(`${base}/api/app`)).status).toBe(504);
});

test("cuts an answer that the service cut, so that nobody takes it for whole", async () => {
  const { base } = await openEdge((_, response) => {
    response.writeHead(200, { "content-length": 100 });
    response.write("half", () => response.destroy());
  });

  const answer = await fetch(`${base}/api/app`);

  await expect(answer.text()).rejects.toThrow("terminated");
});

test("refuses a body above the limit, announced or not", async () => {
  const { base } = await openEdge(
    (request, response) => request.resume().once("end", () => response.end()),
    { bodyBytes: 1000 },
  );
  const chunks = new ReadableStream({
    start(controller) {
      controller.enqueue(Buffer.alloc(2000));
      controller.close();
    },
  });

  const announced = await fetch(`${base}/api/app`, { method: "POST", body: Buffer.alloc(2000) });
  const streamed = await fetch(`${base}/api/app`, { method: "POST", body: chunks, duplex: "half" });

  expect([announced.status, streamed.status]).toEqual([413, 413]);
});

test.for([
  [
    "both framings",
    "POST /api/app HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nX",
  ],
  [
    "two lengths",
    "POST /api/app HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
  ],
  ["a space before the colon", "GET /api/app HTTP/1.1\r\nHost : a\r\n\r\n"],
  ["no host", "GET /api/app HTTP/1.1\r\n\r\n"],
])("refuses a request with %s before any service sees it", async ([, bytes = ""]) => {
  let seen = 0;
  const { port } = await openEdge((_, response) => {
    seen += 1;
    response.end();
  });

  const answer = await sendRaw(port, bytes);

  expect(answer).toMatch(/^HTTP\/1\.1 400 /);
  expect(seen).toBe(0);
});

test("treats a request to change to HTTP/2 as plain HTTP", async () => {
  const { port } = await openEdge((request, response) =>
    response.end(`upgrade: ${request.headers.upgrade}`),
  );

  const answer = await sendRaw(
    port,
    "GET /api/app HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, HTTP2-Settings, close\r\nUpgrade: h2c\r\nHTTP2-Settings: x\r\n\r\n",
  );

  expect(answer).toContain("upgrade: undefined");
});

test("tells the service when the client has left", async () => {
  const closed = Promise.withResolvers<void>();
  const { base, edge } = await openEdge((_, response) => response.once("close", closed.resolve));
  const leaving = new AbortController();
  const asked = fetch(`${base}/api/app`, { signal: leaving.signal }).catch(() => "left");
  await until(() => slotOf(edge, "app").current?.inflight === 1);

  leaving.abort();

  await closed.promise;
  expect(await asked).toBe("left");
  await until(() => slotOf(edge, "app").current?.inflight === 0);
  await until(() => accessLog.length === 1);
  expect(accessLog[0]).toMatchObject({ status: 499, service: "app", path: "/api/app" });
});

test("asks again when a kept connection turns out to be closed, but never with a body", async () => {
  const calls: string[] = [];
  const { base } = await openEdge((request, response) => {
    calls.push(request.method ?? "");
    // The second request on a connection meets a service that just hangs up.
    if (isSecondOn(request.socket)) return void request.socket.destroy();
    request.resume().once("end", () => response.end("ok"));
  });

  const get = [await fetch(`${base}/api/app`), await fetch(`${base}/api/app`)];
  const post = [await send(base), await send(base)];

  expect(get.map(({ status }) => status)).toEqual([200, 200]);
  expect(calls.filter((method) => method === "GET")).toHaveLength(3);
  expect(post).toEqual([200, 502]);
  expect(calls.filter((method) => method === "POST")).toHaveLength(2);
});

test("counts a WebSocket as in flight until it ends, and cuts none at a shift", async () => {
  const { base, edge, service } = await openEdge((_, response) => response.end());
  const sockets = new WebSocketServer({ server: service });
  sockets.on("connection", (socket) => socket.on("message", (data) => socket.send(data)));
  const client = new WebSocket(`${base.replace("http", "ws")}/api/app/live`);
  await once(client, "open");
  const { current } = slotOf(edge, "app");

  edge.shift(slotOf(edge, "app"), { instance: "app-2", address: "127.0.0.1:1" });
  client.send("still there");
  const [echo] = await once(client, "message");

  expect(String(echo)).toBe("still there");
  expect(current?.inflight).toBe(1);
  client.close();
  await until(() => current?.inflight === 0);
});

test("passes a stream on as it comes, however long it pauses", async () => {
  const longerThanIdleMs = 3500;
  const { base } = await openEdge((_, response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write("first\n");
    void delay(longerThanIdleMs).then(() => response.end("second\n"));
  });
  const startedMs = performance.now();

  const stream = (await fetch(`${base}/api/app`)).body?.getReader();
  const first = await stream?.read();
  const firstMs = performance.now() - startedMs;
  const second = await stream?.read();

  expect(firstMs).toBeLessThan(longerThanIdleMs / 2);
  expect([first, second].map((part) => Buffer.from(part?.value ?? []).toString())).toEqual([
    "first\n",
    "second\n",
  ]);
});

test("leaves no idle connection to an instance that lost its traffic", async () => {
  const { base, edge, service } = await openEdge((_, response) => response.end());
  await fetch(`${base}/api/app`).then(async (answer) => await answer.text());

  edge.shift(slotOf(edge, "app"), { instance: "app-2", address: "127.0.0.1:1" });

  await expect.poll(async () => await countConnections(service)).toBe(0);
});

test("asks its clients to leave before it closes", async () => {
  const { base, edge } = await openEdge(
    (_, response) => void delay(200).then(() => response.end("done")),
  );
  const asked = fetch(`${base}/api/app`);
  await until(() => slotOf(edge, "app").current?.inflight === 1);

  await Promise.all([edge.close(2000), asked]);

  const answer = await asked;
  expect(await answer.text()).toBe("done");
  expect(answer.headers.get("connection")).toBe("close");
});

async function openEdge(listener: RequestListener, options: Partial<EdgeOptions> = {}) {
  const service = createServer({ keepAliveTimeout: 75_000 }, listener);
  service.listen(0, "127.0.0.1");
  await once(service, "listening");
  const edge = createEdge({
    answerLocally: () => false,
    writeAccess: (record) => accessLog.push(record),
    ...options,
  });
  edge.ensure("app", [{ path: "/api/app", strip: true }]);
  edge.shift(slotOf(edge, "app"), { instance: "app-1", address: `127.0.0.1:${portOf(service)}` });
  const port = await edge.listenPublic({ port: 0, host: "localhost" });
  closers.push(
    async () => await edge.close(100),
    () => service.closeAllConnections(),
    () => service.close(),
  );
  return { edge, service, port, base: `http://localhost:${port}` };
}

async function send(base: string): Promise<number> {
  const answer = await fetch(`${base}/api/app`, { method: "POST", body: "x" });
  await answer.text();
  return answer.status;
}

function slotOf(edge: Edge, service: string) {
  const slot = edge.slots.get(service);
  if (slot === undefined) throw new Error(`No slot for ${service}.`);
  return slot;
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}

const met = new WeakSet<object>();

function isSecondOn(socket: object): boolean {
  const isSecond = met.has(socket);
  met.add(socket);
  return isSecond;
}

async function countConnections(server: Server): Promise<number> {
  return await new Promise((resolve) => server.getConnections((_, count) => resolve(count)));
}

function pairs(raw: string[]): Record<string, string> {
  return Object.fromEntries(
    raw.flatMap((name, index) =>
      index % 2 === 0 ? [[name.toLowerCase(), raw[index + 1] ?? ""]] : [],
    ),
  );
}
