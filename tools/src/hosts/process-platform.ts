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
