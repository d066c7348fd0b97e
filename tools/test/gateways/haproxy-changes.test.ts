import { once } from "node:events";
import { Agent } from "node:http";

import { beforeEach, expect, onTestFinished, test } from "vitest";
import { WebSocket } from "ws";

import { openHaproxyGateway } from "../../src/gateways/haproxy/haproxy-gateway.ts";
import { converse } from "../../src/gateways/haproxy/master-client.ts";
import { until } from "../environment/test-environment.ts";
import { echo, get, joinEcho, openApp, serveApp } from "./open-app.ts";
import { requireHaproxy } from "./spawn-haproxy.ts";

beforeEach(async (context) => await requireHaproxy(context));

test("a WebSocket counts as in flight and stays on its instance after a shift", async () => {
  const { base, gateway, address } = await openApp(echo, { join: joinEcho });
  const socket = new WebSocket(`${base.replace("http", "ws")}/api/app/`);
  await once(socket, "open");
  await until(async () => (await gateway.inflight("app", "app-1")) === 1);

  await gateway.shift("app", "app-2", address.replace("127.0.0.1", "127.0.0.2"));
  socket.send("still here");
  const [message] = await once(socket, "message");

  expect(String(message)).toBe("still here");
  expect(await gateway.inflight("app", "app-1")).toBe(1);
  socket.close();
  await until(async () => (await gateway.inflight("app", "app-1")) === 0);
});

const others = ["a", "b", "c", "d", "e", "f", "g", "h"];

test("a client of a worker that was reloaded still reaches the newest instance", async () => {
  const { base, gateway } = await openApp((_, response) => response.end("old"));
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  onTestFinished(() => agent.destroy());
  expect((await get(`${base}/api/app/`, agent)).body).toBe("old");

  await Promise.all(others.map(async (service) => await gateway.ensure(service, [])));
  await gateway.shift("app", "app-2", await serveApp((_, response) => response.end("new")));
  const answer = await get(`${base}/api/app/`, agent);

  expect(answer).toMatchObject({ body: "new", connection: "close" });
});

test("comes up as it was written down, whoever killed it in between", async () => {
  const { base, gateway, pid } = await openApp(echo);
  await gateway.announce({ id: "set-7" });
  const before = await gateway.describe();

  process.kill(-pid(), "SIGKILL");
  await until(async () => (await gateway.probe("/api/app/"))?.status === 200);

  expect(await gateway.describe()).toEqual(before);
  expect(await (await fetch(`${base}/.well-known/release-set`)).json()).toEqual({ id: "set-7" });
});

test("mends by itself what somebody else has changed in HAProxy", async () => {
  const { host, settings, gateway } = await openApp(echo);
  await converse(host.socket, "@1 set server pool00/a state maint");
  expect(await gateway.describe()).toMatchObject([{ instance: null }]);

  const again = await openHaproxyGateway({ host, settings });

  expect(await again.describe()).toMatchObject([{ instance: "app-1" }]);
});

test("changes nothing for who only looks", async () => {
  const { host, settings, gateway, log } = await openApp(echo);
  const before = await gateway.describe();
  const other = { ...settings, limits: { bodyBytes: 7 } };

  const looking = await openHaproxyGateway({ host, settings: other, isLookOnly: true });

  expect(await looking.describe()).toEqual(before);
  expect(log.filter((line) => line.includes("Loading success"))).toHaveLength(1);
});

test("refuses a run that was overtaken", async () => {
  const { host, settings } = await openApp(echo);
  const late = await openHaproxyGateway({ host, settings, epoch: 4 });
  await openHaproxyGateway({ host, settings, epoch: 5 });

  await expect(late.shift("app", "app-2", "127.0.0.1:1")).rejects.toMatchObject({
    code: "RUN_SUPERSEDED",
  });
});

test("shows people a page while there is maintenance, and lets services talk on", async () => {
  const { base, gateway } = await openApp(echo);

  await gateway.maintain("Back at <noon>.");
  const page = await fetch(`${base}/api/app/`, { headers: { accept: "text/html" } });
  const people = await fetch(`${base}/`, { headers: { accept: "text/html" } });

  expect(await page.json()).toEqual({ success: false, message: "Back at <noon>." });
  expect(people.status).toBe(503);
  expect(await people.text()).toContain("Back at &lt;noon&gt;.");
  expect((await fetch(gateway.internalUrl("app"))).status).toBe(200);
  expect((await gateway.probe("/api/app/"))?.status).toBe(200);
  await gateway.maintain(null);
  expect((await fetch(`${base}/api/app/`)).status).toBe(200);
});
