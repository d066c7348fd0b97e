import { chmod, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { generatePassword, initialiseCluster, startServer } from "@myaegee/postgres-server";
import { Client } from "pg";

import {
  runService,
  startService,
  type Environment,
  type RunningService,
} from "../start-service.ts";

export interface Stack {
  /** Service → its address. */
  urls: ReadonlyMap<string, string>;
  databaseUrl(service: string): string;
  /** PostgreSQL's log, where each statement stands while it logs them. */
  postgresLog: string;
  stop(): Promise<void>;
}

/** Core first, because the others ask it who calls. */
export const allServices = ["core", "mailer", "events", "statutory", "discounts"];

export interface StackOptions {
  /** How many members core has. */
  members: number;
  services: readonly string[];
  say: (line: string) => void;
}

const workspace = join(import.meta.dirname, "..", "..", "..");
const TOKEN = "token-of-the-benchmark";
/** Nothing is mailed while we measure. */
const NOWHERE = "127.0.0.1:1";

/** A PostgreSQL of its own, filled, and the services on it as they run in production. */
export async function startStack({ members, services, say }: StackOptions): Promise<Stack> {
  const folder = await mkdtemp(join(tmpdir(), "myaegee-bench-"));
  const stops: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true, force: true })];
  const stop = async () => {
    for (const end of stops.toReversed()) {
      await end();
    }
  };
  try {
    // PostgreSQL's own user must get in when we are root.
    await chmod(folder, 0o755);
    const dataFolder = join(folder, "data");
    const superuserPassword = generatePassword();
    await initialiseCluster({ dataFolder, superuserPassword, sync: false });
    const server = await startServer({ dataFolder, settings: { log_line_prefix: "%d|" } });
    stops.push(() => server.stop());
    const planUrl = (name: string) =>
      `postgres://postgres:${superuserPassword}@127.0.0.1:${server.port}/${name}`;
    const urls = new Map<string, string>();
    for (const service of services) {
      const environment = planEnvironment(planUrl(service), urls.get("core"));
      say(`fill ${service}`);
      await runSql(planUrl("postgres"), `create database ${service}`);
      await fill(service, environment, members);
      const running: RunningService = await startService(service, environment);
      stops.push(() => running.stop());
      urls.set(service, running.url);
    }
    return { urls, databaseUrl: planUrl, postgresLog: `${dataFolder}.log`, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function planEnvironment(databaseUrl: string, coreUrl = `http://${NOWHERE}`): Environment {
  return {
    DATABASE_URL: databaseUrl,
    CORE_URL: coreUrl,
    MAILER_URL: `http://${NOWHERE}`,
    SMTP_URL: `smtp://${NOWHERE}`,
    SERVICE_TOKEN: TOKEN,
    SERVICE_TOKENS: JSON.stringify(Object.fromEntries(allServices.map((name) => [name, TOKEN]))),
  };
}

async function fill(service: string, environment: Environment, members: number): Promise<void> {
  await runService(service, "migrate", environment);
  // Only core's big data stands on its seed: the permissions and who has them.
  await (service === "core" ? runService(service, "seed", environment) : undefined);
  const file = join(workspace, "services", service, "bench", "big-data.sql");
  const size = `set bench.members = ${members};\n`;
  await runSql(environment["DATABASE_URL"] ?? "", size + (await readFile(file, "utf8")));
}

export async function runSql(
  url: string,
  text: string,
  values?: readonly unknown[],
): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await (values === undefined ? client.query(text) : client.query(text, [...values]));
  } finally {
    await client.end();
  }
}
