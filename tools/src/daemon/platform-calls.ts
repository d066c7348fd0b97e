import { basename, join } from "node:path";

import { SlipwayError } from "../errors.ts";
import { type BackupSource, dropBackup, listBackups, loadBackup, writeBackup } from "./back-up.ts";
import type { DaemonContext } from "./daemon-context.ts";
import { findFreePort } from "./free-port.ts";
import { describeIsolation, findAbandonedFolders } from "./isolation.ts";
import { logFileOf } from "./plan-process.ts";
import {
  awaitPostgres,
  ensureServiceDatabase,
  type PostgresPlace,
  postgresId,
  preparePostgres,
} from "./postgres.ts";
import { readMemoryBytes } from "./process-identity.ts";
import type { ControlHandlers } from "./protocol.ts";
import { readHostFacts } from "./read-host-facts.ts";
import { readLastLines } from "./read-log.ts";
import { ensureSecrets, listSecrets, readSecret, writeSecret } from "./secrets.ts";

type PlatformCalls = Pick<
  ControlHandlers,
  | "hello"
  | "claim"
  | "ensureDatabase"
  | "ensureSecrets"
  | "listSecrets"
  | "writeSecret"
  | "readHosts"
  | "backUp"
  | "restoreBackup"
  | "listBackups"
  | "dropBackup"
  | "describe"
  | "shutdown"
  | "replace"
  | "leave"
>;

const databaseSecret = "DATABASE_URL";
const stopGraceMs = 12_000;

export function createPlatformCalls(context: DaemonContext): PlatformCalls {
  let databaseServer: Promise<void> | null = null;
  return {
    hello: () => Promise.resolve({ ...context.hello, epoch: context.claim.epoch }),
    async claim({ epoch }) {
      context.claim.epoch = epoch;
      await context.save();
      return null;
    },
    async ensureDatabase({ service }) {
      databaseServer ??= ensureDatabaseServer(context);
      await databaseServer.catch((cause: unknown) => {
        databaseServer = null;
        throw cause;
      });
      return { created: await ensureDatabase(context, service) };
    },
    async ensureSecrets({ secrets }) {
      return { created: await ensureSecrets(context.place.secrets, secrets) };
    },
    listSecrets: async () => await listSecrets(context.place.secrets),
    async writeSecret(secret) {
      await writeSecret(context.place.secrets, secret);
      return null;
    },
    readHosts: async () => [await readHostFacts(context.place.isolation.runRoot)],
    async backUp({ service, backup }) {
      await writeBackup(await openBackupPlace(context, service), backup);
      return null;
    },
    async restoreBackup({ service, backup }) {
      await loadBackup(await openBackupPlace(context, service), backup);
      return null;
    },
    listBackups: async ({ service }) => await listBackups(backupFolderOf(context, service)),
    async dropBackup({ service, backup }) {
      await dropBackup(backupFolderOf(context, service), backup);
      return null;
    },
    describe: async () => [...describeDaemon(context), ...(await describeAbandoned())],
    async shutdown() {
      await stopEverything(context);
      context.end("shutdown");
      return null;
    },
    replace(successor) {
      context.end(successor);
      return Promise.resolve(null);
    },
    leave() {
      context.end("leave");
      return Promise.resolve(null);
    },
  };
}

/** Services first, then the database they use. */
export async function stopEverything(context: DaemonContext): Promise<void> {
  const { supervisor, instances, slots, edge } = context;
  const ids = supervisor.list().map(({ spec }) => spec.id);
  const services = ids.filter((id) => id !== postgresId);
  for (const service of slots.keys()) edge.remove(service);
  await Promise.all(services.map((id) => supervisor.stop(id, stopGraceMs)));
  await supervisor.stop(postgresId, stopGraceMs);
  instances.clear();
  slots.clear();
  await context.save();
}

async function ensureDatabaseServer(context: DaemonContext): Promise<void> {
  const { supervisor, ports, place, log } = context;
  if (ports.postgres === 0) ports.postgres = await findFreePort(new Set(Object.values(ports)));
  const known = supervisor.find(postgresId);
  if (known === null || known.state === "exited") {
    const logFile = logFileOf(place.logsFolder, postgresId);
    const spec = await preparePostgres(placeOf(context), { logFile, env: { ...place.baseEnv } });
    await supervisor.start(spec, { keepRunning: true });
  }
  await awaitDatabaseServer(context);
  log("database-ready", { port: ports.postgres });
}

async function awaitDatabaseServer(context: DaemonContext): Promise<void> {
  const { supervisor, place } = context;
  const pid = supervisor.find(postgresId)?.identity?.pid ?? 0;
  const [ended, answered] = [new AbortController(), new AbortController()];
  void supervisor.exited(postgresId, answered.signal).then(() => ended.abort());
  try {
    await awaitPostgres(placeOf(context), pid, ended.signal);
  } catch (cause) {
    const lines = await readLastLines(logFileOf(place.logsFolder, postgresId), 5);
    throw new SlipwayError("DATABASE_FAILED", "The database server did not start.", {
      hint: `Its last lines: ${lines.join(" | ") || "none"}`,
      cause,
    });
  } finally {
    answered.abort();
  }
}

async function ensureDatabase(context: DaemonContext, service: string): Promise<boolean> {
  const { secrets } = context.place;
  const known = await readSecret(secrets, service, databaseSecret);
  const { url, created } = await ensureServiceDatabase(placeOf(context), service, known);
  await writeSecret(secrets, { service, name: databaseSecret, value: url });
  return created;
}

function backupFolderOf({ place }: DaemonContext, service: string): string {
  return join(place.isolation.runRoot, "backups", basename(service));
}

async function openBackupPlace(context: DaemonContext, service: string): Promise<BackupSource> {
  const url = await readSecret(context.place.secrets, service, databaseSecret);
  if (url !== null) return { folder: backupFolderOf(context, service), service, url };
  throw new SlipwayError("BACKUP_FAILED", `${service} has no database in this environment.`);
}

async function describeAbandoned(): Promise<string[]> {
  const folders = await findAbandonedFolders();
  return folders.length === 0
    ? []
    : [
        `Data of environments that were deleted is left; remove it with: rm -r ${folders.join(" ")}`,
      ];
}

function placeOf({ place, ports }: DaemonContext): PostgresPlace {
  return { folder: place.isolation.runRoot, port: ports.postgres };
}

function describeDaemon(context: DaemonContext): string[] {
  const { hello, place, supervisor, ports } = context;
  const pids = supervisor
    .list()
    .flatMap(({ identity }) => (identity === null ? [] : [identity.pid]));
  const memoryMb = Math.round(
    [hello.pid, ...pids].map(readMemoryBytes).reduce((sum, bytes) => sum + bytes, 0) / 1024 / 1024,
  );
  const database =
    ports.postgres === 0
      ? "The database server is not running."
      : `The database listens on 127.0.0.1:${ports.postgres}.`;
  return [
    `The environment's daemon (pid ${hello.pid}, Slipway ${hello.toolVersion}) runs since ${hello.startedAt}.`,
    describeIsolation(place.isolation),
    `It and its ${pids.length} processes use ${memoryMb} MB of memory.`,
    database,
    ...hello.recovery,
  ];
}
