import { beforeEach, expect, test } from "vitest";

import { until } from "../environment/test-environment.ts";
import { appRoutes, echo, openApp } from "./open-app.ts";
import { sendRaw } from "./raw-request.ts";
import { requireHaproxy } from "./spawn-haproxy.ts";

beforeEach(async (context) => await requireHaproxy(context));

test.for([
  ["/api/app", "/"],
  ["/api/app/", "/"],
  ["/api/app/a/b?c=/d", "/a/b?c=/d"],
  ["/api/app//x", "//x"],
  ["/api/app?x=1", "/?x=1"],
  ["/media/a.png", "/a.png"],
  ["/deep/er/still/x", "/still/x"],
  ["/folder/x", "/folder/x"],
  ["/exact", "/exact"],
])("sends %s to the service as %s", async ([path = "", seen = ""]) => {
  const { base } = await openApp(echo, {
    routes: [
      ...appRoutes,
      { path: "/media", strip: "/media" },
      { path: "/deep/er", strip: true },
      { path: "/folder/" },
      { path: "/exact", exact: true },
    ],
  });

  expect(await (await fetch(`${base}${path}`)).json()).toMatchObject({ url: seen });
});

test.for(["/api/apps", "/folder", "/exact/x", "/", "/api"])("knows nothing at %s", async (path) => {
  const { base } = await openApp(echo, {
    routes: [...appRoutes, { path: "/folder/" }, { path: "/exact", exact: true }],
  });

  expect((await fetch(`${base}${path}`)).status).toBe(404);
});

test("says who asks, and lets nobody claim to be someone else", async () => {
  const { base } = await openApp(echo);

  const answer = await fetch(`${base}/api/app/`, {
    headers: { "x-forwarded-for": "6.6.6.6", "x-real-ip": "6.6.6.6", "x-request-id": "mine" },
  });
  const { headers } = JSON.parse(await answer.text());

  expect(headers).toMatchObject({ "x-forwarded-for": "127.0.0.1", "x-request-id": "mine" });
  expect(headers).not.toHaveProperty("x-real-ip");
  expect(answer.headers.get("x-request-id")).toBe("mine");
});

test("replaces a request id that would be dangerous in a log", async () => {
  const { base } = await openApp(echo);

  const answer = await fetch(`${base}/api/app/`, { headers: { "x-request-id": 'a" b' } });

  expect(answer.headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
});

test("services reach each other by name, and keep what is known of the first caller", async () => {
  const { gateway } = await openApp(echo);

  const answer = await fetch(`${gateway.internalUrl("app")}/session?a=b`, {
    headers: { "x-forwarded-for": "192.0.2.7" },
  });

  expect(await answer.json()).toMatchObject({
    url: "/session?a=b",
    headers: { "x-forwarded-for": "192.0.2.7" },
  });
  expect((await fetch(gateway.internalUrl("unknown"))).status).toBe(404);
});

test("adds what keeps browsers safe, and leaves alone what a service says itself", async () => {
  const { base } = await openApp((_, response) => {
    response.writeHead(200, { "x-frame-options": "DENY", "x-powered-by": "something" });
    response.end();
  });

  const { headers } = await fetch(`${base}/api/app/`);

  expect(headers.get("x-content-type-options")).toBe("nosniff");
  expect(headers.get("x-frame-options")).toBe("DENY");
  expect(headers.get("x-powered-by")).toBeNull();
});

test("answers programs with the envelope and people with a page", async () => {
  const { base } = await openApp(echo);

  const envelope = await fetch(`${base}/nothing`);
  const page = await fetch(`${base}/nothing`, { headers: { accept: "text/html" } });

  expect(await envelope.json()).toEqual({
    success: false,
    message: "There is nothing at this address.",
  });
  expect(page.headers.get("content-type")).toBe("text/html; charset=utf-8");
  expect(await page.text()).toContain("<h1>There is nothing here</h1>");
});

test("says 503 with a word on when to come back, where nothing runs", async () => {
  const { base, gateway } = await openApp(echo);
  await gateway.ensure("later", [{ path: "/api/later" }]);

  const answer = await fetch(`${base}/api/later`);

  expect(answer.status).toBe(503);
  expect(answer.headers.get("retry-after")).toBe("2");
  expect(await answer.json()).toMatchObject({ success: false });
});

test("refuses a body whose declared length is too large", async () => {
  const { port } = await openApp(echo, { settings: { limits: { bodyBytes: 1000 } } });

  const answer = await sendRaw(
    port,
    "POST /api/app/ HTTP/1.1\r\nHost: a\r\nContent-Length: 1001\r\nConnection: close\r\n\r\n",
  );

  expect(answer).toContain("413");
  expect(answer).toContain("larger than 1000 bytes");
});

test("takes nothing for a request that is none, and hides nothing behind an upgrade", async () => {
  const { port } = await openApp(echo);

  const broken = await sendRaw(port, "GET / HTTP/1.1\r\nHo st: a\r\n\r\n");
  const upgrade = await sendRaw(
    port,
    "GET /api/app/ HTTP/1.1\r\nHost: a\r\nUpgrade: h2c\r\nConnection: close, upgrade\r\n\r\n",
  );

  expect(broken).toMatch(/^HTTP\/1.1 400 /);
  expect(upgrade).toContain("200 OK");
  expect(upgrade).not.toContain('"upgrade":"h2c"');
});

test("reads the path also from the absolute form that clients of proxies send", async () => {
  const { port } = await openApp(echo);

  const answer = await sendRaw(
    port,
    "GET http://other.example/api/app/x HTTP/1.1\r\nHost: other.example\r\nConnection: close\r\n\r\n",
  );

  expect(answer).toContain('"url":"/x"');
});

test("a stream may be silent for longer than a request", async () => {
  const { base } = await openApp(
    (_, response) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write("data: one\n\n");
      setTimeout(() => response.end("data: two\n\n"), 1500);
    },
    { settings: { limits: { answerMs: 500, clientMs: 500, streamMs: 10_000 } } },
  );

  const answer = await fetch(`${base}/api/app/`, { headers: { accept: "text/event-stream" } });

  expect(await answer.text()).toBe("data: one\n\ndata: two\n\n");
});

test("gives up on a service that does not answer", async () => {
  const { base } = await openApp(() => {}, { settings: { limits: { answerMs: 300 } } });

  expect((await fetch(`${base}/api/app/`)).status).toBe(504);
});

test("logs one JSON object a request, without the query", async () => {
  const { base, log } = await openApp(echo);

  await fetch(`${base}/api/app/x?token=secret`, { headers: { "x-request-id": "id-1" } });
  await until(() => log.some((line) => line.includes("id-1")));
  const line = log.find((one) => one.includes("id-1")) ?? "";

  expect(JSON.parse(line)).toMatchObject({
    method: "GET",
    path: "/api/app/x",
    status: 200,
    service: "app",
    instance: "app-1",
    requestId: "id-1",
    remote: "127.0.0.1",
  });
  expect(line).not.toContain("secret");
});
