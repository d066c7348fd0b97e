import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { generatePassword, initialiseCluster, startServer } from "@myaegee/postgres-server";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  export interface ProvidedContext {
    /** URL of the superuser on the run's PostgreSQL server, database `postgres`. */
    postgresUrl: string;
  }
}

/** Nothing here must survive, so nothing is flushed. */
const settings = {
  fsync: false,
  synchronous_commit: false,
  full_page_writes: false,
  max_connections: 300,
  shared_buffers: "64MB",
  autovacuum: false,
};

let stopRun = async (): Promise<void> => {};

/** Vitest's `globalSetup`: one PostgreSQL server for the whole run, gone afterwards, however the run ends. */
export async function setup(project: TestProject): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "myaegee-test-"));
  // PostgreSQL's own user must get in when we are root.
  await chmod(folder, 0o755);
  const dataFolder = join(folder, "data");
  const superuserPassword = generatePassword();
  await initialiseCluster({ dataFolder, superuserPassword, sync: false });
  const server = await startServer({ dataFolder, settings });
  stopRun = async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  };
  project.provide(
    "postgresUrl",
    `postgres://postgres:${superuserPassword}@127.0.0.1:${server.port}/postgres`,
  );
}

export async function teardown(): Promise<void> {
  await stopRun();
}
