import { join } from "node:path";

import {
  generatePassword,
  initialiseCluster,
  prepareServerProcess,
  waitUntilReady,
} from "@myaegee/postgres-server";
import { Client } from "pg";

import { readIfPresent } from "../files/read-if-present.ts";
import { writeFileSafely } from "../files/write-file-safely.ts";
import type { ProcessSpec } from "./spawn-process.ts";

/** Id of the database server among the daemon's processes. */
export const postgresId = "postgres";

export interface PostgresPlace {
  /** Holds the data and the superuser's password. */
  folder: string;
  port: number;
}

/** Small, since it serves one person; safe, since it keeps what that person typed. */
const settings = {
  shared_buffers: "48MB",
  max_connections: 120,
  wal_level: "minimal",
  max_wal_senders: 0,
};

export async function preparePostgres(
  { folder, port }: PostgresPlace,
  run: { logFile: string; env: Record<string, string> },
): Promise<ProcessSpec> {
  const dataFolder = join(folder, "postgres");
  await initialiseCluster({ dataFolder, superuserPassword: await ensurePassword(folder) });
  const server = await prepareServerProcess({ dataFolder, port, settings });
  const { uid, gid } = server;
  return {
    id: postgresId,
    command: server.command,
    args: server.args,
    cwd: server.cwd,
    env: { ...server.env, ...run.env },
    owner: uid === undefined || gid === undefined ? null : { uid, gid },
    logFile: run.logFile,
    // Fast shutdown: clients are cut off, data is safe.
    stopSignal: "SIGINT",
  };
}

export async function awaitPostgres(
  { folder }: PostgresPlace,
  pid: number,
  signal: AbortSignal,
): Promise<void> {
  await waitUntilReady({ dataFolder: join(folder, "postgres"), pid, signal });
}

/** A database and a role of the same name, which owns it. Gives the connection string; a new password when told so. */
export async function ensureServiceDatabase(
  place: PostgresPlace,
  service: string,
  knownUrl: string | null,
): Promise<{ url: string; created: boolean }> {
  const password = passwordOf(knownUrl) ?? generatePassword();
  const client = await connectSuperuser(place);
  try {
    const role = client.escapeIdentifier(service);
    await ensureRole(client, { service, role, password });
    const created = await ensureDatabase(client, service, role);
    return { url: `postgres://${service}:${password}@127.0.0.1:${place.port}/${service}`, created };
  } finally {
    await client.end();
  }
}

async function ensureRole(
  client: Client,
  { service, role, password }: { service: string; role: string; password: string },
): Promise<void> {
  const found = await client.query("SELECT 1 FROM pg_roles WHERE rolname = $1", [service]);
  const verb = found.rowCount === 0 ? "CREATE" : "ALTER";
  await client.query(`${verb} ROLE ${role} LOGIN PASSWORD ${client.escapeLiteral(password)}`);
}

async function ensureDatabase(client: Client, service: string, role: string): Promise<boolean> {
  const found = await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [service]);
  if (found.rowCount !== 0) return false;
  await client.query(`CREATE DATABASE ${role} OWNER ${role}`);
  await client.query(`REVOKE CONNECT, TEMPORARY ON DATABASE ${role} FROM PUBLIC`);
  return true;
}

async function connectSuperuser({ folder, port }: PostgresPlace): Promise<Client> {
  const client = new Client({
    host: "127.0.0.1",
    port,
    user: "postgres",
    database: "postgres",
    password: await ensurePassword(folder),
    connectionTimeoutMillis: 10_000,
  });
  await client.connect();
  return client;
}

async function ensurePassword(folder: string): Promise<string> {
  const file = join(folder, "postgres-password");
  const known = await readIfPresent(file);
  if (known !== null) return known;
  const password = generatePassword();
  await writeFileSafely(file, password);
  return password;
}

function passwordOf(url: string | null): string | null {
  if (url === null) return null;
  return decodeURIComponent(new URL(url).password) || null;
}
