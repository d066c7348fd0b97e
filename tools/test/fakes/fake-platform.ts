import type { Platform } from "../../src/hosts/platform.ts";
import type { FakeMachine } from "./fake-machine.ts";

export function createFakePlatform({ calls, instances, routes, databases }: FakeMachine): Platform {
  return {
    async ensureDatabase(service) {
      calls.push(`database ${service}`);
      const created = !databases.has(service);
      databases.add(service);
      return { created };
    },
    async ensureSecrets() {
      calls.push("secrets");
      return { created: [] };
    },
    smtpUrl: () => "smtp://127.0.0.1:2525",
    inboxUrl: () => "http://localhost:8080/inbox",
    async describe() {
      return ["Everything is imagined."];
    },
    async shutdown() {
      calls.push("shutdown");
      instances.clear();
      routes.clear();
    },
  };
}
