import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

import { createDatabase } from "@myaegee/database";
import { createTestDatabase } from "@myaegee/testing";
import { sql, type Kysely } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";

import { createOutboxGauges, enqueueMail } from "../src/index.ts";

let url: string;
let db: Kysely<unknown>;
const keys: string[] = [];

/** A mailer that takes everything and remembers the keys. */
const mailer = createServer((request, response) => void takeMail(request, response));

async function takeMail(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks = await request.toArray();
  keys.push(JSON.parse(Buffer.concat(chunks).toString()).idempotency_key);
  const body = { success: true, data: { ids: [randomUUID()] } };
  response.writeHead(202, { "content-type": "application/json" }).end(JSON.stringify(body));
}

beforeAll(async () => {
  ({ url } = await createTestDatabase({ migrate: createTable }));
  db = createDatabase({ url });
  mailer.listen(0, "127.0.0.1");
  await once(mailer, "listening");
});

afterAll(async () => {
  mailer.closeAllConnections();
  mailer.close();
  await db.destroy();
});

async function createTable(template: string): Promise<void> {
  const admin = createDatabase({ url: template });
  await sql.raw(await readFile(`${import.meta.dirname}/../src/outbox.sql`, "utf8")).execute(admin);
  await admin.destroy();
}

function startProcess() {
  const address = mailer.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return spawn(
    process.execPath,
    [`${import.meta.dirname}/fixture-outbox.ts`, url, `http://127.0.0.1:${port}`],
    { stdio: "inherit" },
  );
}

/** Starts a process, lets it hand over `count` mails more and kills it in the middle of its work. */
async function runAndKill(count: number): Promise<void> {
  const goal = keys.length + count;
  const child = startProcess();
  await expect.poll(() => keys.length, { timeout: 20_000, interval: 2 }).toBeGreaterThan(goal);
  child.kill("SIGKILL");
  await once(child, "exit");
}

test("kills in the middle of the work lose no mail, and a second copy has the first one's key", async () => {
  await db.transaction().execute(async (trx) => {
    for (let index = 0; index < 400; index += 1) {
      const to = `m${index}@example.org`;
      await enqueueMail(trx, { template: "mail_change", to, parameters: { token: "t" } });
    }
  });

  await runAndKill(20);
  await runAndKill(70);
  await runAndKill(40);
  const last = startProcess();

  const [pending] = createOutboxGauges(db);
  await expect.poll(() => pending?.read(), { timeout: 20_000 }).toBe(0);
  last.kill("SIGKILL");
  expect(new Set(keys).size).toBe(400);
  expect(keys.length).toBeLessThanOrEqual(403);
}, 60_000);
