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
const services = ["core", "mailer", "events", "statutory", "discounts"];
const workspace = join(import.meta.dirname, "..", "..", "..");
const TOKEN = "token-of-the-benchmark";
/** Nothing is mailed while we measure. */
const NOWHERE = "127.0.0.1:1";

/** A PostgreSQL of its own, filled to the real association's size, and the services on it as they run in production. */
export async function startStack(say: (line: string) => void): Promise<Stack> {
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
      await fill(service, environment, planUrl("postgres"));
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
    SERVICE_TOKENS: JSON.stringify(Object.fromEntries(services.map((name) => [name, TOKEN]))),
  };
}

async function fill(service: string, environment: Environment, adminUrl: string): Promise<void> {
  await runSql(adminUrl, `create database ${service}`);
  await runService(service, "migrate", environment);
  // Only core's big data stands on its seed: the permissions and who has them.
  await (service === "core" ? runService(service, "seed", environment) : undefined);
  const file = join(workspace, "services", service, "bench", "big-data.sql");
  await runSql(environment["DATABASE_URL"] ?? "", await readFile(file, "utf8"));
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
