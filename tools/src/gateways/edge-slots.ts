import { Agent } from "node:http";

import type { Route } from "../workspace/service-manifest.ts";
import { planRoutes, type RouteEntry } from "./edge-routes.ts";

/** One instance that requests are or were sent to. */
export interface Target {
  instance: string;
  host: string;
  port: number;
  agent: Agent;
  /** Requests and tunnels that still run on it. */
  inflight: number;
}

/** One service: where its new requests go, and the instances that still finish old ones. */
export interface Slot {
  service: string;
  routes: readonly Route[];
  current: Target | null;
  targets: Map<string, Target>;
}

export interface Slots {
  bySlot: Map<string, Slot>;
  /** Longest path first; replaced as a whole. */
  entries: readonly RouteEntry[];
}

/**
 * An idle connection is closed well before the service would close it (Node's default there is 5 s), so that no
 * request is sent on one that is just going away.
 */
const idleMs = 3000;

export function createSlots(): Slots {
  return { bySlot: new Map(), entries: [] };
}

export function ensureSlot(slots: Slots, service: string, routes: readonly Route[]): void {
  const slot = slots.bySlot.get(service);
  if (slot === undefined) {
    slots.bySlot.set(service, { service, routes, current: null, targets: new Map() });
  } else {
    slot.routes = routes;
  }
  refreshEntries(slots);
}

/** New requests go to the instance from the next line on; what runs on another one stays there. */
export function shiftSlot(slot: Slot, instance: string, address: string): void {
  const next = slot.targets.get(instance) ?? createTarget(instance, address);
  const previous = slot.current;
  slot.targets.set(instance, next);
  next.agent.maxFreeSockets = 256;
  slot.current = next;
  // A service that waits for its clients to hang up could not end while we keep idle connections to it.
  if (previous !== null && previous !== next) closeIdle(previous);
}

export function retireTarget(slot: Slot, instance: string): void {
  const target = slot.targets.get(instance);
  if (target === undefined) return;
  closeIdle(target);
  slot.targets.delete(instance);
}

export function removeSlot(slots: Slots, service: string): void {
  const slot = slots.bySlot.get(service);
  if (slot === undefined) return;
  for (const target of slot.targets.values()) closeIdle(target);
  slots.bySlot.delete(service);
  refreshEntries(slots);
}

function refreshEntries(slots: Slots): void {
  slots.entries = planRoutes(
    new Map([...slots.bySlot.values()].map(({ service, routes }) => [service, routes])),
  );
}

function createTarget(instance: string, address: string): Target {
  const { hostname, port } = new URL(`http://${address}`);
  const agent = new Agent({ keepAlive: true, scheduling: "lifo", timeout: idleMs });
  return { instance, host: hostname, port: Number(port), agent, inflight: 0 };
}

/** Closes idle connections now, and the busy ones as they become idle. */
function closeIdle({ agent }: Target): void {
  agent.maxFreeSockets = 0;
  for (const sockets of Object.values(agent.freeSockets)) {
    for (const socket of sockets ?? []) socket.destroy();
  }
}
