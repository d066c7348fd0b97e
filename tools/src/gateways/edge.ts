import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { Server as NetServer } from "node:net";
import { setTimeout as delay } from "node:timers/promises";

import type { Route } from "../workspace/service-manifest.ts";
import { findMaintenance, type Maintenance } from "./edge-maintenance.ts";
import { matchInternal, matchRoute } from "./edge-routes.ts";
import { type AccessRecord, createEdgeServer, type EdgeServerOptions } from "./edge-server.ts";
import {
  createSlots,
  ensureSlot,
  removeSlot,
  retireTarget,
  shiftSlot,
  type Slot,
  type Slots,
} from "./edge-slots.ts";
import { planSecurityHeaders } from "./front-door-texts.ts";
import { type ListenOptions, listenOnLoopback } from "./listen.ts";

export type EdgeSide = "public" | "internal";

export interface EdgeOptions {
  /** Pages of the gateway itself; true when the request is taken. */
  answerLocally: (request: IncomingMessage, response: ServerResponse) => boolean;
  writeAccess: (record: AccessRecord) => void;
  /** Looked at with every request to the front door. */
  maintenance?: Maintenance;
  /** From the last byte sent to the service until its answer begins. */
  answerMs?: number;
  bodyBytes?: number;
}

export type Edge = ReturnType<typeof createEdge>;

/** The gateway: a public and an internal listener on one table of routes. */
export function createEdge(options: EdgeOptions) {
  const slots = createSlots();
  let isLeaving = false;
  const { bodyBytes = 10 * 1024 * 1024, answerMs = 60_000 } = options;
  const shared = {
    slots,
    limits: { bodyBytes, answerMs },
    isLeaving: () => isLeaving,
    writeAccess: options.writeAccess,
  };
  const create = {
    public: () => createEdgeServer({ ...shared, ...planPublicSide(slots, options) }),
    internal: () => createEdgeServer({ ...shared, ...internalSide }),
  };
  const listening: { side: EdgeSide; server: Server }[] = [];

  async function listen(side: EdgeSide, where: ListenOptions): Promise<number> {
    const opened = await listenOnLoopback(create[side], where);
    listening.push(...opened.servers.map((server) => ({ side, server })));
    return opened.port;
  }

  return {
    slots: slots.bySlot,
    ensure: (service: string, routes: readonly Route[]) => ensureSlot(slots, service, routes),
    shift: (slot: Slot, to: { instance: string; address: string }) =>
      shiftSlot(slot, to.instance, to.address),
    retire: retireTarget,
    remove: (service: string) => removeSlot(slots, service),
    listenPublic: async (where: ListenOptions) => await listen("public", where),
    listenInternal: async (port: number) => await listen("internal", { port, host: "127.0.0.1" }),
    /** Goes on listening where a predecessor does; returns the port. */
    adopt(side: EdgeSide, predecessor: NetServer): number {
      const server = create[side]();
      server.listen(predecessor);
      listening.push({ side, server });
      return portOf(server);
    },
    listeners: (): readonly { side: EdgeSide; server: Server }[] => listening,
    /**
     * Leaves the listening to a successor: every client is asked to come back on a new connection with its next
     * answer, so none meets a connection that closes under its request.
     */
    async leave(graceMs: number): Promise<void> {
      isLeaving = true;
      await closeServers(listening, graceMs, stopListening);
    },
    /** Takes no new connection, asks clients to leave with their next answer, cuts what is left after the grace. */
    async close(graceMs: number): Promise<void> {
      isLeaving = true;
      await closeServers(listening, graceMs, stopListeningAndIdling);
    },
  };
}

type SideOptions = Omit<EdgeServerOptions, "slots" | "limits" | "isLeaving" | "writeAccess">;

function planPublicSide(slots: Slots, { answerLocally, maintenance }: EdgeOptions): SideOptions {
  return {
    match: (target) => matchRoute(slots.entries, target),
    answerLocally,
    refuse: (request) => (maintenance === undefined ? null : findMaintenance(maintenance, request)),
    extraHeaders: planSecurityHeaders({ isTls: false }),
    trustForwarded: false,
  };
}

const internalSide: SideOptions = {
  match: matchInternal,
  answerLocally: () => false,
  refuse: () => null,
  extraHeaders: [],
  trustForwarded: true,
};

type Close = (server: Server, onClosed: () => void) => void;

async function closeServers(
  listening: readonly { server: Server }[],
  graceMs: number,
  close: Close,
): Promise<void> {
  const servers = listening.map(({ server }) => server);
  const closed = Promise.all(
    servers.map((server) => new Promise<void>((resolve) => close(server, resolve))),
  );
  const limit = new AbortController();
  const late = delay(graceMs, undefined, { signal: limit.signal }).catch(() => {});
  await Promise.race([closed, late]);
  limit.abort();
  for (const server of servers) server.closeAllConnections();
}

function stopListeningAndIdling(server: Server, onClosed: () => void): void {
  server.close(onClosed);
}

/** The HTTP server's own `close` would cut idle clients at once, perhaps in the very moment of their next request. */
function stopListening(server: Server, onClosed: () => void): void {
  NetServer.prototype.close.call(server, onClosed);
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}
