import { setTimeout as delay } from "node:timers/promises";

import type { ControlClient } from "../daemon/control-client.ts";
import { isRunning, type ProcessIdentity, readIdentity } from "../daemon/process-identity.ts";
import type { Hello } from "../daemon/protocol.ts";
import type { Platform } from "./platform.ts";

const pollMs = 20;
const endLimitMs = 10_000;

/** Databases, secrets and mail of the environment's daemon. */
export function createProcessPlatform(client: ControlClient, hello: Hello): Platform {
  return {
    ensureDatabase: async (service) => await client.call("ensureDatabase", { service }),
    ensureSecrets: async (secrets) => await client.call("ensureSecrets", { secrets }),
    listSecrets: async () => await client.call("listSecrets", null),
    async writeSecret(secret) {
      await client.call("writeSecret", secret);
    },
    readHosts: async () => await client.call("readHosts", null),
    async backUp(service, backup) {
      await client.call("backUp", { service, backup });
    },
    async restoreBackup(service, backup) {
      await client.call("restoreBackup", { service, backup });
    },
    listBackups: async (service) => await client.call("listBackups", { service }),
    async dropBackup(service, backup) {
      await client.call("dropBackup", { service, backup });
    },
    smtpUrl: () => hello.smtpUrl,
    inboxUrl: () => hello.inboxUrl,
    describe: async () => await client.call("describe", null),
    async shutdown() {
      const daemon = readIdentity(hello.pid);
      await client.call("shutdown", null);
      client.close();
      if (daemon !== null) await awaitEnd(daemon);
    },
  };
}

async function awaitEnd(daemon: ProcessIdentity): Promise<void> {
  const deadlineMs = Date.now() + endLimitMs;
  while (isRunning(daemon) && Date.now() < deadlineMs) await delay(pollMs);
}
