import { isIP } from "node:net";

import { SlipwayError } from "../../errors.ts";
import type { Route } from "../../workspace/service-manifest.ts";
import {
  createPools,
  emptyPool,
  type GatewayFacts,
  type Pool,
  type Slot,
  type SlotName,
} from "./gateway-facts.ts";
import { parseAddress } from "./parse-address.ts";

/** Gives the service the first spare pool; more of them when none is left. */
export function ensureService(
  facts: GatewayFacts,
  service: string,
  routes: readonly Route[],
): GatewayFacts {
  const isKnown = facts.pools.some((pool) => pool.service === service);
  if (isKnown) return replacePool(facts, service, (pool) => ({ ...pool, routes: [...routes] }));
  const hasSpare = facts.pools.some((pool) => pool.service === null);
  const pools = hasSpare ? [...facts.pools] : [...facts.pools, ...createPools()];
  const spare = pools.findIndex((pool) => pool.service === null);
  pools[spare] = { ...emptyPool, service, routes: [...routes] };
  return { ...facts, pools };
}

/** New requests go to the instance; the one before it stays in its slot and drains. */
export function shiftService(
  facts: GatewayFacts,
  service: string,
  { instance, address }: { instance: string; address: string },
): GatewayFacts {
  checkAddress(instance, address);
  if (!facts.pools.some((pool) => pool.service === service)) throw unknownService(service);
  return replacePool(facts, service, (pool) => {
    const next = chooseSlot(pool, instance);
    const active: Slot = { instance, address, isActive: true };
    const other = next === "a" ? drain(pool.slots.b) : drain(pool.slots.a);
    return { ...pool, slots: next === "a" ? { a: active, b: other } : { a: other, b: active } };
  });
}

/** Forgets the instance. Throws INSTANCE_IN_SERVICE for the one that takes traffic. */
export function retireInstance(
  facts: GatewayFacts,
  service: string,
  instance: string,
): GatewayFacts {
  return replacePool(facts, service, (pool) => {
    const { a, b } = pool.slots;
    const slot = findSlot(pool, instance);
    if (slot === null) return pool;
    if (pool.slots[slot]?.isActive === true) throw stillInService(service, instance);
    return { ...pool, slots: slot === "a" ? { a: null, b } : { a, b: null } };
  });
}

export function removeService(facts: GatewayFacts, service: string): GatewayFacts {
  return replacePool(facts, service, () => emptyPool);
}

export function findSlot({ slots }: Pool, instance: string): SlotName | null {
  if (slots.a?.instance === instance) return "a";
  return slots.b?.instance === instance ? "b" : null;
}

/** Its own, else a free one, else the one whose instance no longer takes requests. */
function chooseSlot(pool: Pool, instance: string): SlotName {
  const own = findSlot(pool, instance);
  if (own !== null) return own;
  return pool.slots.a === null || (pool.slots.b !== null && !pool.slots.a.isActive) ? "a" : "b";
}

function drain(slot: Slot | null): Slot | null {
  return slot === null ? null : { ...slot, isActive: false };
}

function replacePool(
  facts: GatewayFacts,
  service: string,
  change: (pool: Pool) => Pool,
): GatewayFacts {
  return {
    ...facts,
    pools: facts.pools.map((pool) => (pool.service === service ? change(pool) : pool)),
  };
}

/** Names are resolved by nobody at run time, and whatever stands here goes into HAProxy's configuration. */
function checkAddress(instance: string, address: string): void {
  const { host, port } = parseAddress(address);
  if (isIP(host) !== 0 && Number.isInteger(port) && port > 0 && port < 65_536) return;
  throw new SlipwayError(
    "GATEWAY_FAILED",
    `${instance} is said to listen on "${address}", which is no IP address with a port.`,
  );
}

function unknownService(service: string): SlipwayError {
  return new SlipwayError(
    "SERVICE_UNKNOWN",
    `The gateway does not know the service ${service}, so no traffic can go to it.`,
    { hint: "Declare its routes first." },
  );
}

function stillInService(service: string, instance: string): SlipwayError {
  return new SlipwayError(
    "INSTANCE_IN_SERVICE",
    `The instance ${instance} takes the traffic of ${service}, so it can't be retired.`,
    { hint: "Shift the traffic to another instance first." },
  );
}
