import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { openSync } from "node:fs";
import type { Server } from "node:net";

import type { EdgeSide } from "../gateways/edge.ts";
import type { AcceptListener } from "./daemon-context.ts";
import type { Successor } from "./protocol.ts";

/** What the two daemons say to each other, in this order: ready, one `listener` each, all, serving. */
type HandOverMessage =
  | { kind: "ready" }
  | { kind: "listener"; side: EdgeSide }
  | { kind: "all" }
  | { kind: "serving" };

/** Starts the successor; it says `ready` once it has taken over everything but the listening sockets. */
export function startSuccessor(
  { nodePath, script, options }: Successor,
  logFile: string,
): ChildProcess {
  const log = openSync(logFile, "a", 0o600);
  return spawn(nodePath, [script, options], {
    detached: true,
    cwd: "/",
    env: process.env,
    stdio: ["ignore", log, log, "ignore", "ipc"],
  });
}

/** Resolves when the successor serves. Fails when it ends before, or takes too long. */
export async function giveListeners(
  successor: ChildProcess,
  listeners: readonly { side: EdgeSide; server: Server }[],
  signal: AbortSignal,
): Promise<void> {
  await awaitMessage(successor, "ready", signal);
  for (const { side, server } of listeners)
    await give(successor, { kind: "listener", side }, server);
  await give(successor, { kind: "all" });
  await awaitMessage(successor, "serving", signal);
  successor.disconnect();
  successor.unref();
}

/** The successor's half: asks for the sockets and takes each over in the moment it comes. */
export async function receiveListeners(
  self: NodeJS.Process,
  accept: AcceptListener,
): Promise<void> {
  await new Promise<void>((resolve) => {
    self.on("message", (message: HandOverMessage, listener: unknown) => {
      if (message.kind === "listener" && isServer(listener)) accept(message.side, listener);
      if (message.kind === "all") resolve();
    });
    say(self, { kind: "ready" });
  });
}

export function reportServing(self: NodeJS.Process): void {
  say(self, { kind: "serving" });
  self.disconnect?.();
}

function say(self: NodeJS.Process, message: HandOverMessage): void {
  self.send?.(message);
}

async function give(
  successor: ChildProcess,
  message: HandOverMessage,
  server?: Server,
): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    successor.send(message, server, (cause) => (cause === null ? resolve() : reject(cause)));
  });
}

async function awaitMessage(
  successor: ChildProcess,
  kind: HandOverMessage["kind"],
  signal: AbortSignal,
): Promise<void> {
  const ended = new AbortController();
  const end = () => ended.abort(new Error("The new daemon ended before it served."));
  successor.once("exit", end);
  try {
    const [message] = await once(successor, "message", {
      signal: AbortSignal.any([signal, ended.signal]),
    });
    if (message.kind !== kind) throw new Error(`The new daemon said ${message.kind}, not ${kind}.`);
  } finally {
    successor.off("exit", end);
  }
}

function isServer(listener: unknown): listener is Server {
  return typeof listener === "object" && listener !== null && "listen" in listener;
}
