import type { Crew, CrewMember } from "./crew.ts";
import type { Platform } from "./platform.ts";
import { readRemoteFacts } from "./read-host-facts.ts";

export interface PlatformMember extends CrewMember {
  /** Ends what runs there. */
  shutdown: () => Promise<void>;
  description: string;
}

/** Databases, backups and secrets are the first host's; the others get secrets when a service starts there. */
export function createPlatformAcross(first: Platform, crew: Crew<PlatformMember>): Platform {
  return {
    ...first,
    readHosts: async () => crew.each(async ({ host }) => readRemoteFacts(host, Date.now)),
    lostHosts: () => crew.lost(),
    describe: async () => [
      ...crew.present().map(({ description }) => description),
      ...crew.lost().map((name) => `${name} can't be reached.`),
    ],
    async shutdown() {
      await first.shutdown();
      await crew.each(async (member) => {
        if (member !== crew.first) await member.shutdown();
      });
    },
  };
}
