import { readFile, stat } from "node:fs/promises";

import { createTransport } from "nodemailer";
import { Client } from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";

import type { EnvironmentConnection } from "../../src/hosts/platform.ts";
import {
  bringUp,
  createTestEnvironment,
  planTestInstance,
  type TestEnvironment,
} from "./test-environment.ts";

const limitMs = 120_000;
let environment: TestEnvironment;
let connection: EnvironmentConnection;

beforeEach(async () => {
  environment = await createTestEnvironment();
  connection = await environment.connect();
}, limitMs);

afterEach(async () => await environment.remove(), limitMs);

test("gives each service a database that no other can enter", { timeout: limitMs }, async () => {
  expect(await connection.platform.ensureDatabase("core")).toEqual({ created: true });
  expect(await connection.platform.ensureDatabase("events")).toEqual({ created: true });
  expect(await connection.platform.ensureDatabase("core")).toEqual({ created: false });

  const url = await readSecret("core", "DATABASE_URL");

  expect(await ask(url, "SELECT current_user AS name")).toEqual([{ name: "core" }]);
  await expect(ask(url.replace(/core$/, "events"), "SELECT 1")).rejects.toThrow(
    /permission denied/,
  );
});

test(
  "keeps the data when the environment is stopped and started",
  { timeout: limitMs },
  async () => {
    await connection.platform.ensureDatabase("core");
    const url = await readSecret("core", "DATABASE_URL");
    await ask(url, "CREATE TABLE kept AS SELECT 1 AS row");
    await connection.platform.shutdown();

    connection = await environment.connect();
    await connection.platform.ensureDatabase("core");

    expect(await ask(await readSecret("core", "DATABASE_URL"), "SELECT row FROM kept")).toEqual([
      { row: 1 },
    ]);
  },
);

test(
  "hands secrets over as files that only the service's user can read",
  { timeout: limitMs },
  async () => {
    const created = await connection.platform.ensureSecrets({
      core: [
        { name: "SERVICE_TOKEN", generate: "service-token" },
        { name: "SERVICE_TOKENS", generate: "service-tokens" },
      ],
      events: [
        { name: "SERVICE_TOKEN", generate: "service-token" },
        { name: "KEY", generate: "random" },
      ],
    });
    const instance = {
      ...planTestInstance(await environment.image("core", "1.0.0"), 1),
      secrets: ["SERVICE_TOKENS"],
    };
    await bringUp(connection, instance);

    const answer = await connection.runtime.probe(instance.id, "/secret?name=SERVICE_TOKENS");

    expect(created.created).toEqual([
      "core/SERVICE_TOKEN",
      "events/SERVICE_TOKEN",
      "events/KEY",
      "core/SERVICE_TOKENS",
    ]);
    expect(JSON.parse(JSON.parse(answer?.body ?? ""))).toEqual({
      core: await readSecret("core", "SERVICE_TOKEN"),
      events: await readSecret("events", "SERVICE_TOKEN"),
    });
    expect((await stat(secretFile("events", "KEY"))).mode & 0o777).toBe(0o600);
  },
);

test("names the secret that nobody has set", { timeout: limitMs }, async () => {
  await expect(
    connection.platform.ensureSecrets({ core: [{ name: "API_KEY" }] }),
  ).rejects.toMatchObject({
    code: "SECRET_MISSING",
    message:
      "The service core needs the secret API_KEY, which nobody has set and which can't be generated.",
  });
});

test("shows the mails that services send, newest first", { timeout: limitMs }, async () => {
  const transport = createTransport(connection.platform.smtpUrl());
  await transport.sendMail({
    from: "a@example.org",
    to: "member@example.org",
    subject: "First",
    text: "See http://localhost/confirm/abc.",
  });
  await transport.sendMail({
    from: "a@example.org",
    to: "Board@example.org",
    subject: "<Second>",
    html: "<script>alert(1)</script><b>Hello</b>",
  });

  const all = await connection.gateway.probe("/inbox/api/messages");
  const list = await connection.gateway.probe("/inbox");
  const text = await connection.gateway.probe("/inbox/1");
  const html = await connection.gateway.probe("/inbox/2/html");
  const ofBoard = await connection.gateway.probe("/inbox/api/messages?to=board@example.org");

  expect(JSON.parse(all?.body ?? "")).toMatchObject({
    data: [
      { id: 2, subject: "<Second>" },
      { id: 1, to: ["member@example.org"] },
    ],
  });
  expect(JSON.parse(ofBoard?.body ?? "")).toMatchObject({ meta: { count: 1 } });
  expect(list?.body).toContain("&lt;Second&gt;");
  expect(text?.body).toContain('<a href="http://localhost/confirm/abc" target="_blank"');
  expect(html?.headers["content-security-policy"]).toMatch(/default-src 'none'.*sandbox/);
});

function secretFile(service: string, name: string): string {
  return `${environment.secretsFolder()}/${service}/${name}`;
}

async function readSecret(service: string, name: string): Promise<string> {
  return await readFile(secretFile(service, name), "utf8");
}

async function ask(url: string, query: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(query)).rows;
  } finally {
    await client.end();
  }
}
