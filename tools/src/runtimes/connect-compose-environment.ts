import { createGatewayAcross } from "../gateways/gateway-across.ts";
import { createComposePlatform } from "../hosts/compose-platform.ts";
import { type Crew, createCrew } from "../hosts/crew.ts";
import { parseDatabaseServer } from "../hosts/database-server.ts";
import { createHostBackups } from "../hosts/host-backups.ts";
import { createHostFence } from "../hosts/host-fence.ts";
import { createPlatformAcross } from "../hosts/platform-across.ts";
import type {
  ComposeFacts,
  ConnectOptions,
  EnvironmentConnection,
  Platform,
} from "../hosts/platform.ts";
import { shareSecrets } from "../hosts/share-secrets.ts";
import { type ComposeMember, openMember } from "./compose/open-compose-member.ts";
import { openSites, type Sites } from "./compose/open-compose-sites.ts";
import { createRuntimeAcross } from "./runtime-across.ts";

/** Speaks to the engines of the environment's hosts; null when nothing of the environment is there. */
export async function connectComposeEnvironment(
  options: ConnectOptions,
  facts: ComposeFacts,
): Promise<EnvironmentConnection | null> {
  const sites = await openSites(options, facts);
  const all = [sites.first, ...sites.others];
  const close = async () => {
    await Promise.all(all.map(async ({ host }) => host.close()));
  };
  if (!options.startIfMissing && !(await sites.first.base.isThere())) {
    await close();
    return null;
  }
  const { epoch } = options;
  // On all hosts before anything is changed on one of them.
  if (epoch !== undefined) {
    await Promise.all(all.map(async ({ host }) => createHostFence(host, epoch)()));
  }
  const crew = await openCrew(sites, options);
  const first = createFirstPlatform(crew.first, facts);
  const ports =
    facts.hosts.length === 1
      ? { runtime: crew.first.runtime, gateway: crew.first.gateway, platform: first }
      : combine(crew, first, facts);
  return { ...ports, epoch: Math.max(...all.map((site) => site.epoch)), close };
}

async function openCrew(sites: Sites, options: ConnectOptions): Promise<Crew<ComposeMember>> {
  const [first, ...others] = await Promise.all([
    openMember(sites.first, options),
    ...sites.others.map(async (site) => openMember(site, options)),
  ]);
  return createCrew([first, ...others], sites.absent);
}

function combine(crew: Crew<ComposeMember>, first: Platform, facts: ComposeFacts) {
  const database =
    facts.databaseUrl === undefined
      ? `${facts.hosts[0].address ?? ""}:${facts.databasePort}`
      : new URL(facts.databaseUrl).host;
  return {
    runtime: createRuntimeAcross(crew, async (to, { service, secrets }) => {
      await to.requireClaim();
      await shareSecrets({ from: crew.first, to, database }, service, secrets);
    }),
    gateway: createGatewayAcross(crew),
    platform: createPlatformAcross(first, crew),
  };
}

function createFirstPlatform(member: ComposeMember, facts: ComposeFacts): Platform {
  const { engine, socket, place, base, requireClaim } = member;
  const server = facts.databaseUrl === undefined ? null : parseDatabaseServer(facts.databaseUrl);
  return createComposePlatform({
    engine,
    place,
    requireClaim,
    startDatabase: base.startDatabase,
    server,
    backups: createHostBackups({ engine, socket, place, image: facts.images.postgres, server }),
    smtpUrl: facts.smtpUrl ?? null,
    inboxUrl: facts.inboxUrl ?? null,
    shutdown: base.shutdown,
    describe: async () => [member.description],
  });
}
