import { existsSync } from "node:fs";
import { join } from "node:path";

import type { Static, TObject, TProperties } from "typebox";

import type { BaseConfig } from "./base-variables.ts";
import type { App } from "./create-app.ts";
import { createLog, type Logger } from "./create-log.ts";
import { readServiceConfig } from "./read-config.ts";

export interface ServiceContext<Variables extends TProperties> {
  config: BaseConfig & Static<TObject<Variables>>;
  log: Logger;
  /** Where the service's numbered SQL files are, in the image and in the source tree. */
  migrationsFolder: string;
}

export interface ServiceDefinition<Variables extends TProperties> {
  name: string;
  description: string;
  /** What it reads from the environment beyond what every service does. */
  variables: Variables;
  /** The app, ready to listen; what it opened is closed by its `onClose` hooks. */
  serve(context: ServiceContext<Variables>): Promise<App>;
  migrate?(context: ServiceContext<Variables>): Promise<unknown>;
  /** Idempotent. Only called where test data is allowed. */
  seed?(context: ServiceContext<Variables>): Promise<unknown>;
}

/** Keeps the types of the variables; write every definition through it. */
export function defineService<Variables extends TProperties>(
  definition: ServiceDefinition<Variables>,
): ServiceDefinition<Variables> {
  return definition;
}

/**
 * The whole of a service's main.ts: `await runService(service, import.meta.dirname)`.
 * Runs the command given on the command line: `serve` (default), `migrate` or `seed`.
 */
export async function runService<Variables extends TProperties>(
  definition: ServiceDefinition<Variables>,
  folder: string,
): Promise<void> {
  const bootLog = createLog({ level: "info", service: definition.name });
  try {
    const config = readServiceConfig(definition.variables, process.env);
    const log = createLog({
      level: config.LOG_LEVEL,
      service: definition.name,
      version: config.SERVICE_VERSION,
    });
    const migrationsFolder = findMigrations(folder);
    await runCommand(process.argv[2] ?? "serve", definition, { config, log, migrationsFolder });
  } catch (error) {
    bootLog.fatal({ err: error }, error instanceof Error ? error.message : "could not start");
    process.exitCode = 1;
  }
}

async function runCommand<Variables extends TProperties>(
  command: string,
  definition: ServiceDefinition<Variables>,
  context: ServiceContext<Variables>,
): Promise<void> {
  switch (command) {
    case "serve":
      return serve(definition, context);
    case "migrate":
      await definition.migrate?.(context);
      context.log.info("migrated");
      return;
    case "seed":
      if (!context.config.TEST_DATA) {
        throw new Error("Seeds are refused here: they need TEST_DATA=true.");
      }
      await definition.seed?.(context);
      context.log.info("seeded");
      return;
    default:
      throw new Error(`Unknown command ${command}. Expected serve, migrate or seed.`);
  }
}

async function serve<Variables extends TProperties>(
  definition: ServiceDefinition<Variables>,
  context: ServiceContext<Variables>,
): Promise<void> {
  const app = await definition.serve(context);
  closeOnSignal(app, context);
  const address = await app.listen({ port: context.config.PORT, host: context.config.HOST });
  context.log.info({ address }, "listening");
}

/** In-flight requests finish, then the process ends; at the latest after the drain time. */
function closeOnSignal<Variables extends TProperties>(
  app: App,
  { config, log }: ServiceContext<Variables>,
): void {
  const close = async (signal: NodeJS.Signals) => {
    log.info({ signal }, "draining");
    setTimeout(() => {
      log.warn({ drain_seconds: config.DRAIN_SECONDS }, "requests cut off: the drain time is over");
      endProcess(1);
    }, config.DRAIN_SECONDS * 1000).unref();
    await app.close();
    log.info("stopped");
    endProcess(0);
  };
  let closing: Promise<void> | undefined;
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.on(signal, () => {
      closing ??= close(signal);
    });
  }
}

function endProcess(code: number): void {
  // A forgotten timer or connection must not hold up a deploy.
  // oxlint-disable-next-line unicorn/no-process-exit
  process.exit(code);
}

function findMigrations(folder: string): string {
  const bundled = join(folder, "migrations");
  return existsSync(bundled) ? bundled : join(folder, "..", "migrations");
}
