import { randomBytes } from "node:crypto";

import type { EngineClient } from "../engine/engine-client.ts";
import { SlipwayError } from "../errors.ts";
import { readProjects } from "../runtimes/compose/kept-projects.ts";
import { baseOwners } from "../runtimes/compose/plan-base.ts";
import type { ComposePlace } from "../runtimes/compose/plan-project.ts";
import type { DatabaseServer } from "./database-server.ts";
import type { HostBackups } from "./host-backups.ts";
import { ensureHostDatabase, superuserPasswordPath } from "./host-database.ts";
import { ensureHostSecrets, listHostSecrets, writeHostSecret } from "./host-secrets.ts";
import type { Platform } from "./platform.ts";
import { readRemoteFacts } from "./read-host-facts.ts";
import { readHostFile, writeHostFile } from "./run-on-host.ts";

export interface ComposePlatformOptions {
  engine: EngineClient;
  place: ComposePlace;
  requireClaim: () => Promise<void>;
  /** Brings up the database of the fixed project. */
  startDatabase: () => Promise<void>;
  /** The environment's own, elsewhere; nothing is started then. */
  server: DatabaseServer | null;
  backups: HostBackups;
  smtpUrl: string | null;
  inboxUrl: string | null;
  shutdown: () => Promise<void>;
  describe: () => Promise<readonly string[]>;
}

/** Databases and secrets on a host that runs containers. */
export function createComposePlatform(options: ComposePlatformOptions): Platform {
  const { engine, place, requireClaim, startDatabase, server, backups } = options;
  const { host } = engine;
  const start = async () => {
    if (server !== null) return requirePassword(options);
    await ensureSuperuserPassword(options);
    await startDatabase();
  };
  return {
    async ensureDatabase(service) {
      await requireClaim();
      return { created: await ensureHostDatabase({ engine, place, start, server }, service) };
    },
    async ensureSecrets(secrets) {
      await requireClaim();
      return { created: await ensureHostSecrets(host, place, secrets) };
    },
    listSecrets: async () => listHostSecrets(host, place),
    async writeSecret(secret) {
      await requireClaim();
      await writeHostSecret(host, place, secret);
    },
    async readHosts() {
      // Before a run touches anything.
      if (server !== null) await requirePassword(options);
      return [await readRemoteFacts(host, Date.now)];
    },
    async backUp(service, backup) {
      await requireClaim();
      await backups.write(service, backup);
    },
    async restoreBackup(service, backup) {
      await requireClaim();
      await backups.restore(service, backup);
    },
    listBackups: async (service) => backups.list(service),
    async dropBackup(service, backup) {
      await requireClaim();
      await backups.drop(service, backup);
    },
    smtpUrl() {
      if (options.smtpUrl !== null) return options.smtpUrl;
      throw new SlipwayError("CONFIG_INVALID", `${place.environment} names no server for mail.`, {
        hint: "Nothing was touched. Add smtpUrl to its file in tools/environments.",
      });
    },
    inboxUrl: () => options.inboxUrl,
    readProjects: async () => readProjects(host, place),
    describe: options.describe,
    async shutdown() {
      await requireClaim();
      await options.shutdown();
    },
  };
}

async function requirePassword({ engine, place }: ComposePlatformOptions): Promise<void> {
  if ((await readHostFile(engine.host, superuserPasswordPath(place))) !== null) return;
  throw new SlipwayError(
    "SECRET_MISSING",
    `Nobody has set the password of the database server of ${place.environment}.`,
    {
      hint: `Set it: npx slipway secrets set database/POSTGRES_PASSWORD --env=${place.environment}`,
    },
  );
}

async function ensureSuperuserPassword({ engine, place }: ComposePlatformOptions): Promise<void> {
  const path = superuserPasswordPath(place);
  if ((await readHostFile(engine.host, path)) !== null) return;
  const content = randomBytes(24).toString("base64url");
  const owner = baseOwners.database;
  await writeHostFile(engine.host, { path, content, mode: "0600", owner });
}
