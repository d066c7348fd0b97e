import { randomBytes } from "node:crypto";

import type { EngineClient } from "../engine/engine-client.ts";
import { SlipwayError } from "../errors.ts";
import { baseOwners } from "../runtimes/compose/plan-base.ts";
import type { ComposePlace } from "../runtimes/compose/plan-project.ts";
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
  /** Brings up the database of the fixed project; null when the environment names its own. */
  startDatabase: () => Promise<void>;
  backups: HostBackups;
  smtpUrl: string | null;
  shutdown: () => Promise<void>;
  describe: () => Promise<readonly string[]>;
}

/** Databases and secrets on a host that runs containers. */
export function createComposePlatform(options: ComposePlatformOptions): Platform {
  const { engine, place, requireClaim, startDatabase, backups } = options;
  const { host } = engine;
  const start = async () => {
    await ensureSuperuserPassword(options);
    await startDatabase();
  };
  return {
    async ensureDatabase(service) {
      await requireClaim();
      return { created: await ensureHostDatabase({ engine, place, start }, service) };
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
    readHosts: async () => [await readRemoteFacts(host, Date.now)],
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
    inboxUrl: () => null,
    describe: options.describe,
    async shutdown() {
      await requireClaim();
      await options.shutdown();
    },
  };
}

async function ensureSuperuserPassword({ engine, place }: ComposePlatformOptions): Promise<void> {
  const path = superuserPasswordPath(place);
  if ((await readHostFile(engine.host, path)) !== null) return;
  const content = randomBytes(24).toString("base64url");
  const owner = baseOwners.database;
  await writeHostFile(engine.host, { path, content, mode: "0600", owner });
}
