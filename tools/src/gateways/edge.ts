import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { setTimeout as delay } from "node:timers/promises";

import type { Route } from "../workspace/service-manifest.ts";
import { matchInternal, matchRoute } from "./edge-routes.ts";
import { type AccessRecord, createEdgeServer } from "./edge-server.ts";
import {
  createSlots,
  ensureSlot,
  removeSlot,
  retireTarget,
  shiftSlot,
  type Slot,
} from "./edge-slots.ts";
import { type ListenOptions, listenOnLoopback } from "./listen.ts";

export interface EdgeOptions {
  /** Pages of the gateway itself; true when the request is taken. */
  answerLocally: (request: IncomingMessage, response: ServerResponse) => boolean;
  writeAccess: (record: AccessRecord) => void;
  /** From the last byte sent to the service until its answer begins. */
  answerMs?: number;
  bodyBytes?: number;
}

export type Edge = ReturnType<typeof createEdge>;

/** The gateway: a public and an internal listener on one table of routes. */
export function createEdge(options: EdgeOptions) {
  const slots = createSlots();
  let isLeaving = false;
  const shared = {
    slots,
    limits: {
      bodyBytes: options.bodyBytes ?? 10 * 1024 * 1024,
      answerMs: options.answerMs ?? 60_000,
    },
    isLeaving: () => isLeaving,
    writeAccess: options.writeAccess,
  };
  const publicSide = () =>
    createEdgeServer({
      ...shared,
      match: (target) => matchRoute(slots.entries, target),
      answerLocally: options.answerLocally,
      trustForwarded: false,
    });
  const internalSide = () =>
    createEdgeServer({
      ...shared,
      match: matchInternal,
      answerLocally: () => false,
      trustForwarded: true,
    });
  const servers: Server[] = [];

  return {
    slots: slots.bySlot,
    ensure: (service: string, routes: readonly Route[]) => ensureSlot(slots, service, routes),
    shift: (slot: Slot, to: { instance: string; address: string }) =>
      shiftSlot(slot, to.instance, to.address),
    retire: retireTarget,
    remove: (service: string) => removeSlot(slots, service),
    async listenPublic(listen: ListenOptions): Promise<number> {
      const opened = await listenOnLoopback(publicSide, listen);
      servers.push(...opened.servers);
      return opened.port;
    },
    async listenInternal(port: number): Promise<number> {
      const opened = await listenOnLoopback(internalSide, { port, host: "127.0.0.1" });
      servers.push(...opened.servers);
      return opened.port;
    },
    /** Takes no new connection, asks clients to leave with their next answer, cuts what is left after the grace. */
    async close(graceMs: number): Promise<void> {
      isLeaving = true;
      await closeServers(servers, graceMs);
    },
  };
}

async function closeServers(servers: readonly Server[], graceMs: number): Promise<void> {
  const closed = Promise.all(
    servers.map((server) => new Promise((resolve) => server.close(resolve))),
  );
  for (const server of servers) server.closeIdleConnections();
  const limit = new AbortController();
  const late = delay(graceMs, undefined, { signal: limit.signal }).catch(() => {});
  await Promise.race([closed, late]);
  limit.abort();
  for (const server of servers) server.closeAllConnections();
}
