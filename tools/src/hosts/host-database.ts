import { randomBytes } from "node:crypto";

import { Client } from "pg";

import type { EngineClient } from "../engine/engine-client.ts";
import { SlipwayError } from "../errors.ts";
import { inspectContainer } from "../runtimes/compose/observe-containers.ts";
import { baseOwners, baseProjectName } from "../runtimes/compose/plan-base.ts";
import { type ComposePlace, networkNames, secretPath } from "../runtimes/compose/plan-project.ts";
import { type DatabaseServer, formatConnection, planTls } from "./database-server.ts";
import { readHostFile, writeHostFile } from "./run-on-host.ts";

export interface HostDatabase {
  engine: EngineClient;
  place: ComposePlace;
  /** Starts the server where it does not run. */
  start: () => Promise<void>;
  /** Elsewhere; null for the container of this host. */
  server: DatabaseServer | null;
}

const port = 5432;
const ownServer = { host: "database", port, sslMode: null };

/** A database and a role of the same name; the connection string as the service's secret. True when it is new. */
export async function ensureHostDatabase(base: HostDatabase, service: string): Promise<boolean> {
  const { engine, place } = base;
  const path = secretPath(place, service, "DATABASE_URL");
  const known = await readHostFile(engine.host, path);
  const password = known === null ? null : decodeURIComponent(new URL(known).password);
  const chosen = password ?? randomBytes(24).toString("base64url");
  const client = await connectSuperuser(base);
  try {
    const created = await ensureRoleAndDatabase(client, service, chosen);
    const content = formatConnection(base.server ?? ownServer, service, chosen);
    const owner = baseOwners.services;
    if (content !== known) await writeHostFile(engine.host, { path, content, mode: "0600", owner });
    return created;
  } finally {
    await client.end();
  }
}

async function ensureRoleAndDatabase(
  client: Client,
  service: string,
  password: string,
): Promise<boolean> {
  const name = client.escapeIdentifier(service);
  const roles = await client.query("SELECT 1 FROM pg_roles WHERE rolname = $1", [service]);
  const verb = roles.rowCount === 0 ? "CREATE" : "ALTER";
  await client.query(`${verb} ROLE ${name} LOGIN PASSWORD ${client.escapeLiteral(password)}`);
  // Who is no superuser gives databases only to roles that it belongs to.
  await client.query(`GRANT ${name} TO CURRENT_USER`);
  const databases = await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [service]);
  if (databases.rowCount !== 0) return false;
  await client.query(`CREATE DATABASE ${name} OWNER ${name}`);
  await client.query(`REVOKE CONNECT, TEMPORARY ON DATABASE ${name} FROM PUBLIC`);
  return true;
}

export function superuserPasswordPath(place: ComposePlace): string {
  return secretPath(place, "database", "POSTGRES_PASSWORD");
}

async function connectSuperuser(base: HostDatabase): Promise<Client> {
  const { engine, place, start, server } = base;
  await start();
  const password = await readHostFile(engine.host, superuserPasswordPath(place));
  const address =
    server === null ? await findDatabaseAddress(engine, place) : `${server.host}:${server.port}`;
  const reached = await engine.host.reach(address, `.s.PGSQL.${port}`);
  const where =
    "socketPath" in reached ? { host: dirnameOf(reached.socketPath), port } : { ...reached };
  const { user = "postgres", database = "postgres" } = server ?? {};
  const client = new Client({
    ...where,
    user,
    database,
    ...(server === null ? {} : { ssl: planTls(server) }),
    password: password ?? "",
    connectionTimeoutMillis: 10_000,
  });
  await client.connect();
  return client;
}

function dirnameOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/"));
}

async function findDatabaseAddress(engine: EngineClient, place: ComposePlace): Promise<string> {
  const name = `${baseProjectName(place)}-database`;
  const container = await inspectContainer(engine, name);
  const address = container?.NetworkSettings.Networks[networkNames(place).data]?.IPAddress ?? "";
  if (address !== "") return `${address}:${port}`;
  throw new SlipwayError(
    "DATABASE_FAILED",
    `The database ${name} of ${engine.host.name} does not run.`,
    {
      hint: `See why: docker logs ${name}`,
    },
  );
}
