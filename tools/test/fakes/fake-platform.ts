import { SlipwayError } from "../../src/errors.ts";
import type { Platform } from "../../src/hosts/platform.ts";
import { fakeStart } from "./fake-clock.ts";
import type { FakeMachine } from "./fake-machine.ts";

export function createFakePlatform(machine: FakeMachine): Platform {
  const { calls, instances, routes, databases, secrets, backups, host } = machine;
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
    listSecrets: async () => [...secrets.keys()].toSorted(),
    async writeSecret({ service, name, value }) {
      calls.push(`secret ${service}/${name}`);
      secrets.set(`${service}/${name}`, value);
    },
    readHosts: async () => [host],
    async backUp(service, backup) {
      if (backups.has(`${service}/${backup}`)) return;
      calls.push(`back up ${service}`);
      backups.set(`${service}/${backup}`, fakeStart);
    },
    async restoreBackup(service, backup) {
      if (!backups.has(`${service}/${backup}`)) {
        throw new SlipwayError("BACKUP_MISSING", `There is no backup ${backup} of ${service}.`);
      }
      calls.push(`restore ${service}`);
    },
    listBackups: async (service) =>
      [...backups]
        .filter(([name]) => name.startsWith(`${service}/`))
        .map(([name, takenAt]) => ({ name: name.slice(service.length + 1), takenAt, bytes: 1 }))
        .toSorted((a, b) => b.name.localeCompare(a.name)),
    async dropBackup(service, backup) {
      if (backups.delete(`${service}/${backup}`)) calls.push(`drop a backup of ${service}`);
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
