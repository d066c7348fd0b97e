import { chmod, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { createDatabase } from "@myaegee/database";
import {
  generatePassword,
  initialiseCluster,
  startServer,
  type PostgresServer,
  readRunningServer,
} from "@myaegee/postgres-server";
import { startLoop, type Loop } from "@myaegee/service-kit";
import { sql, type Kysely } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";

import { enqueueMail, startOutbox } from "../src/index.ts";

let folder: string;
let server: PostgresServer;
let db: Kysely<unknown>;
let outbox: Loop;
const keys: string[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "postgres-kill-"));
  await chmod(folder, 0o755);
  const dataFolder = join(folder, "data");
  const superuserPassword = generatePassword();
  await initialiseCluster({ dataFolder, superuserPassword, sync: false });
  server = await startServer({ dataFolder });
  db = createDatabase({
    url: `postgres://postgres:${superuserPassword}@127.0.0.1:${server.port}/postgres`,
  });
  await sql.raw(await readFile(`${import.meta.dirname}/../src/outbox.sql`, "utf8")).execute(db);
  const mailer = {
    async sendMail(request: { idempotency_key: string }) {
      keys.push(request.idempotency_key);
      return { ids: [] };
    },
  };
  const log = { error: () => {}, warn: () => {} };
  outbox = startOutbox({ db, mailer, service: "things", log, pollMs: 10, leaseMs: 1000 });
});

afterAll(async () => {
  await outbox.stop();
  await db.destroy();
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

async function countRows(): Promise<number | undefined> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from outbox`.execute(db);
  return rows[0]?.count;
}

test("a kill of PostgreSQL loses no promised mail and sends none that was not promised", async () => {
  const promised: number[] = [];
  let next = 0;
  const writer = startLoop({
    idleMs: 20,
    onError: () => {},
    async run() {
      next += 1;
      const subject = `${next}`;
      await db.transaction().execute((trx) =>
        enqueueMail(trx, {
          template: "mail_change",
          to: "a@b.c",
          subject,
          parameters: { token: "t" },
        }),
      );
      promised.push(next);
      return true;
    },
  });
  await expect.poll(() => promised.length).toBeGreaterThan(50);

  process.kill(server.pid, "SIGKILL");
  // The signal is on its way; the pid is gone a moment later.
  await expect.poll(() => readRunningServer(join(folder, "data"))).toBeNull();
  server = await startServer({ dataFolder: join(folder, "data"), port: server.port });
  const before = promised.length;
  await expect.poll(() => promised.length).toBeGreaterThan(before + 50);
  await writer.stop();

  await expect.poll(countRows).toBe(0);
  // A commit whose answer was lost in the crash may count as not promised here, hence at least.
  expect(new Set(keys).size).toBeGreaterThanOrEqual(promised.length);
  expect(new Set(keys).size).toBeLessThanOrEqual(promised.length + 1);
}, 90_000);
