import { once } from "node:events";
import { createConnection } from "node:net";

import { Client } from "pg";
import { afterEach, expect, test } from "vitest";

import {
  buildSession,
  captureLogs,
  createQueryCounter,
  createTestDatabase,
  startFakeCore,
  startSmtpSink,
} from "../src/index.ts";

const stops: (() => Promise<void>)[] = [];

afterEach(async () => {
  await Promise.all(stops.splice(0).map((stop) => stop()));
});

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

test("migrates a template once and clones it for each who asks", async () => {
  let runs = 0;
  const migrate = async (url: string) => {
    runs += 1;
    await query(url, "create table things (name text)");
  };

  const databases = await Promise.all([
    createTestDatabase({ migrate }),
    createTestDatabase({ migrate }),
    createTestDatabase({ migrate }),
  ]);
  const [first, second] = databases.map(({ url }) => url);
  await query(first ?? "", "insert into things values ('mine')");

  expect(runs).toBe(1);
  expect(new Set(databases.map(({ url }) => url)).size).toBe(3);
  expect(await query(second ?? "", "select * from things")).toEqual([]);
});

test("builds a template anew when its migration failed", async () => {
  const broken = createTestDatabase({
    template: "second",
    migrate: () => Promise.reject(new Error("broken")),
  });
  await expect(broken).rejects.toThrow("broken");

  const { url } = await createTestDatabase({
    template: "second",
    migrate: async (template) => void (await query(template, "create table things ()")),
  });

  expect(await query(url, "select * from things")).toEqual([]);
});

test("a fake core answers sessions by token and counts the questions", async () => {
  const core = await startFakeCore({ sessions: { t: buildSession({ global: ["create:event"] }) } });
  stops.push(() => core.stop());

  const known = await fetch(`${core.url}/session`, { headers: { "x-auth-token": "t" } });
  const unknown = await fetch(`${core.url}/session`);

  expect(await known.json()).toMatchObject({
    success: true,
    data: { user: { id: 3 }, permissions: [{ combined: "global:create:event" }] },
  });
  expect(unknown.status).toBe(401);
  expect(core.requests).toEqual(["GET /session", "GET /session"]);
});

test("a fake core refuses to say what the real one could not", async () => {
  const session = { ...buildSession(), permissions: undefined };
  const core = await startFakeCore({ sessions: { t: Object.assign(buildSession(), session) } });
  stops.push(() => core.stop());

  const answer = await fetch(`${core.url}/session`, { headers: { "x-auth-token": "t" } });

  expect(answer.status).toBe(500);
  expect(await answer.text()).toContain("breaks core's contract");
});

test("an SMTP sink keeps what it gets and says what came when the wanted mail did not", async () => {
  const sink = await startSmtpSink();
  stops.push(() => sink.stop());
  await sendRaw(sink.url, "Subject: Hello\r\n\r\nText");

  const mail = await sink.waitFor(({ subject }) => subject === "Hello");

  expect(mail).toMatchObject({
    to: ["b@example.org"],
    from: "a@example.org",
    text: expect.stringContaining("Text"),
  });
  await expect(sink.waitFor(() => false, 20)).rejects.toThrow("b@example.org: Hello");
});

async function sendRaw(url: string, message: string): Promise<void> {
  const socket = createConnection(Number(new URL(url).port), "127.0.0.1");
  const lines = [
    "HELO test",
    "MAIL FROM:<a@example.org>",
    "RCPT TO:<b@example.org>",
    "DATA",
    `${message}\r\n.`,
    "QUIT",
  ];
  // SMTP is a dialogue: each line waits for the answer to the one before.
  socket.on("data", () => socket.write(`${lines.shift() ?? ""}\r\n`));
  await once(socket, "close");
}

test("counts statements without the transaction around them", async () => {
  const counter = createQueryCounter();
  const statements = await counter.during(async () => {
    ["begin", "select 1", "select 2", "commit"].forEach(counter.onQuery);
  });

  expect(statements).toEqual(["select 1", "select 2"]);
});

test("captures log lines", () => {
  const logs = captureLogs();
  logs.stream.write('{"msg":"one"}\n');
  logs.stream.write('{"msg":"two"}\n');

  expect(logs.lines()).toEqual([{ msg: "one" }, { msg: "two" }]);
});
