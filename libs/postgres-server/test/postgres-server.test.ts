import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { Client } from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";

import {
  generatePassword,
  initialiseCluster,
  isClusterInitialised,
  readRunningServer,
  startServer,
  type PostgresServer,
} from "../src/index.ts";

const superuserPassword = generatePassword();
let folder: string;
let server: PostgresServer | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "postgres-server-"));
  await chmod(folder, 0o755);
});

afterEach(async () => {
  await server?.stop();
  server = undefined;
  await rm(folder, { recursive: true, force: true });
});

async function start(): Promise<PostgresServer> {
  const dataFolder = join(folder, "data");
  await initialiseCluster({ dataFolder, superuserPassword, sync: false });
  server = await startServer({ dataFolder, settings: { fsync: false } });
  return server;
}

async function query(port: number, sql: string, password = superuserPassword): Promise<unknown[]> {
  const client = new Client({ host: "127.0.0.1", port, user: "postgres", password });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

test("serves SQL with a generated password, on the loopback address only", async () => {
  const { port } = await start();

  const rows = await query(port, "select 1 as one, current_setting('listen_addresses') as address");

  expect(rows).toEqual([{ one: 1, address: "127.0.0.1" }]);
  await expect(query(port, "select 1", "wrong")).rejects.toThrow(/password authentication failed/);
});

test("knows letters beyond ASCII, whatever locales the machine has", async () => {
  const { port } = await start();

  expect(await query(port, "select upper('éß') as upper, 'É' ilike 'é' as same")).toEqual([
    { upper: "Éß", same: true },
  ]);
});

test("refuses a second server on the same data and names the first", async () => {
  const { pid } = await start();

  await expect(startServer({ dataFolder: join(folder, "data") })).rejects.toThrow(`pid ${pid}`);
});

test("starts again after the server was killed and a stranger has its pid", async () => {
  const first = await start();
  process.kill(first.pid, "SIGKILL");
  await expect.poll(() => readRunningServer(join(folder, "data"))).toBeNull();
  await writeFile(join(folder, "data", "postmaster.pid"), `${process.pid}\n`);

  const second = await start();

  expect(await query(second.port, "select 1 as one")).toEqual([{ one: 1 }]);
});

test("leaves no process behind after it stopped", async () => {
  const running = await start();

  await running.stop();

  expect(await readRunningServer(join(folder, "data"))).toBeNull();
});

test("takes a half-made folder of a killed initdb for no cluster", async () => {
  await mkdir(join(folder, `data.new-${process.pid}`));

  const { port } = await start();

  expect(await isClusterInitialised(join(folder, "data"))).toBe(true);
  expect(port).toBeGreaterThan(0);
});
