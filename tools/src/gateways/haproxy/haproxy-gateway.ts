import { setTimeout as delay } from "node:timers/promises";

import { fetchProbe } from "../../runtimes/fetch-probe.ts";
import type { Gateway, GatewayService } from "../gateway.ts";
import {
  ensureService,
  findSlot,
  removeService,
  retireInstance,
  shiftService,
} from "./change-facts.ts";
import { changeGateway, type GatewayPlace, readFacts } from "./change-gateway.ts";
import { converge, readServers, readSessions, readWorkers } from "./converge.ts";
import { type GatewayFacts, listServices, slotNames } from "./gateway-facts.ts";
import type { HaproxyHost } from "./haproxy-host.ts";
import type { HaproxySettings } from "./haproxy-settings.ts";
import { parseAddress } from "./parse-address.ts";
import type { ObservedServer } from "./parse-observed.ts";
import { checkRoute } from "./plan-strip-depth.ts";

const startLimitMs = 15_000;

export interface HaproxyOptions {
  host: HaproxyHost;
  settings: HaproxySettings;
  /** Of the lock held; whoever had it before changes nothing from then on. Without one nothing is refused. */
  epoch?: number;
  /** Leaves HAProxy as it is at first, also where it does not run: for who only wants to know. */
  isLookOnly?: boolean;
}

export interface HaproxyGateway extends Gateway {
  /** Takes over renewed certificates and changed settings; nothing happens when there are none. */
  refresh(): Promise<{ reloaded: boolean }>;
}

/** Starts HAProxy where it does not run, and makes it do what was written down last. */
export async function openHaproxyGateway(options: HaproxyOptions): Promise<HaproxyGateway> {
  const { host, settings, epoch = Number.MAX_SAFE_INTEGER } = options;
  const place: GatewayPlace = { host, settings, epoch };
  const change = async (plan: (facts: GatewayFacts) => GatewayFacts) => {
    await changeGateway(place, plan);
  };
  if (options.isLookOnly !== true) await open(place);
  return {
    publicUrl: () => settings.publicUrl,
    internalUrl: (service) => `${settings.internalUrl}/${service}`,
    async ensure(service, routes) {
      for (const route of routes) checkRoute(route);
      await change((facts) => ensureService(facts, service, routes));
    },
    async shift(service, instance, address) {
      await change((facts) => shiftService(facts, service, { instance, address }));
    },
    inflight: async (service, instance) => await countInflight(host, service, instance),
    async retire(service, instance) {
      await change((facts) => retireInstance(facts, service, instance));
    },
    async remove(service) {
      await change((facts) => removeService(facts, service));
    },
    describe: async () => await describe(host, options.isLookOnly === true),
    async probe(path) {
      const { pass } = await readFacts(host);
      const headers = { "x-maintenance-pass": pass };
      return await fetchProbe(`${settings.publicUrl}${path}`, headers, settings.door);
    },
    async announce(document) {
      await change((facts) => ({ ...facts, announced: JSON.stringify(document) }));
    },
    async maintain(message) {
      const maintenance = message === null ? null : { message };
      await change((facts) => ({ ...facts, maintenance }));
    },
    refresh: async () => await changeGateway(place, (facts) => facts),
  };
}

/** The files come first: a HAProxy that starts reads what must be true. */
async function open(place: GatewayPlace): Promise<void> {
  await changeGateway(
    place,
    (facts) => facts,
    async (host, wanted) => {
      await host.start();
      await awaitSocket(host);
      return await converge(host, wanted);
    },
  );
}

async function awaitSocket(host: HaproxyHost): Promise<void> {
  const deadlineMs = Date.now() + startLimitMs;
  let workers = await readWorkers(host).catch(() => []);
  while (workers.length === 0 && Date.now() < deadlineMs) {
    await delay(20);
    workers = await readWorkers(host).catch(() => []);
  }
}

async function countInflight(host: HaproxyHost, service: string, instance: string) {
  const { pools } = await readFacts(host);
  const pool = pools.find((one) => one.service === service);
  const slot = pool === undefined ? null : findSlot(pool, instance);
  const address = slot === null ? null : pool?.slots[slot]?.address;
  return typeof address === "string" ? await readSessions(host, address) : 0;
}

/** Who takes traffic is what HAProxy says; its name is what was written down. */
async function describe(host: HaproxyHost, isLookOnly: boolean): Promise<GatewayService[]> {
  const observed = readServers(host).catch((cause: unknown) => {
    // One that does not run leads nobody anywhere, which is what whoever looks wants to know.
    if (isLookOnly) return new Map<string, ObservedServer>();
    throw cause;
  });
  const [facts, servers] = await Promise.all([readFacts(host), observed]);
  return listServices(facts)
    .map(({ service, routes, slots, pool }) => {
      const name = slotNames.find((one) => isServing(servers.get(`${pool}/${one}`), slots[one]));
      const slot = name === undefined ? null : slots[name];
      const { instance = null, address = null } = slot ?? {};
      return { service, routes, instance, address };
    })
    .toSorted((left, right) => left.service.localeCompare(right.service));
}

function isServing(server: ObservedServer | undefined, slot: { address: string } | null): boolean {
  if (server?.state !== "ready" || slot === null) return false;
  const { host, port } = parseAddress(slot.address);
  return server.host === host && server.port === port;
}
