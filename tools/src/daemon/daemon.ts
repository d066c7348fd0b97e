import { mkdir } from "node:fs/promises";
import type { Server } from "node:http";

import { openInboxStore } from "../inbox/inbox-store.ts";
import type { SmtpSink } from "../inbox/smtp-sink.ts";
import { acquireLock } from "./acquire-lock.ts";
import { createControlServer } from "./control-server.ts";
import { createContext, ownerEntryOf, planHello } from "./create-context.ts";
import type { DaemonContext, DaemonHost, DaemonOptions } from "./daemon-context.ts";
import { planDaemonPaths } from "./daemon-paths.ts";
import { readDaemonState } from "./daemon-state.ts";
import { createGatewayCalls } from "./gateway-calls.ts";
import { giveListeners, startSuccessor } from "./hand-over.ts";
import { createInstanceCalls } from "./instance-calls.ts";
import { listenControl } from "./listen-control.ts";
import { openListeners } from "./open-listeners.ts";
import { createPlatformCalls, stopEverything } from "./platform-calls.ts";
import type { Successor } from "./protocol.ts";
import { restoreDaemon } from "./restore.ts";
import { createRotatingWriter } from "./rotating-writer.ts";
import { keepStandby } from "./standby.ts";
import { watchHome } from "./watch-home.ts";
import { watchLogs } from "./watch-logs.ts";

type Ending = Parameters<DaemonContext["end"]>[0];

const leaveGraceMs = 2000;
const handOverLimitMs = 20_000;
const handOverGraceMs = 10_000;

export interface RunningDaemon {
  /** Resolves when it was asked to end, and has. */
  ended: Promise<void>;
  /** Whether another daemon would take over at once if this one died now. */
  hasStandby(): boolean;
  /** Ends every process, then itself. */
  shutdown(): Promise<void>;
}

/** Null when this environment has a daemon already. */
export async function startDaemon(
  options: DaemonOptions,
  host: DaemonHost,
  log: DaemonContext["log"],
): Promise<RunningDaemon | null> {
  const paths = planDaemonPaths(options.stateFolder);
  await mkdir(paths.logs, { recursive: true, mode: 0o700 });
  const lock = await acquireLock(paths.lock, options.awaitLockMs);
  if (lock === null) return null;
  try {
    return await openDaemon({ options, host, log, releaseLock: () => lock.release() });
  } catch (cause) {
    // Before anybody hears of the failure: the next attempt must not take this daemon for a living one.
    lock.release();
    throw cause;
  }
}

interface Opening {
  options: DaemonOptions;
  host: DaemonHost;
  log: DaemonContext["log"];
  releaseLock: () => void;
}

async function openDaemon({ options, host, log, releaseLock }: Opening): Promise<RunningDaemon> {
  const paths = planDaemonPaths(options.stateFolder);
  const { state, brokenFile } = await readDaemonState(paths.state);
  const access = createRotatingWriter(paths.accessLog);
  const inbox = await openInboxStore(paths.inbox);
  const ending = Promise.withResolvers<Ending>();
  const end = ending.resolve;
  const context = await createContext({ options, host, log, state, access, inbox, end });
  const recovery = await restoreDaemon(context, ownerEntryOf(options), state);
  if (brokenFile !== null) {
    recovery.push(`The daemon's state could not be read; it is kept as ${brokenFile}.`);
  }
  const inherit = host.inheritListeners;
  const smtp = await openListeners(context, { inbox, recovery, inherit });
  context.hello = planHello(context, host, recovery);
  await context.save();
  const control = await openControl(context);
  log("daemon-ready", { ...context.ports, recovery });
  const standby = keepStandby(options, log);

  async function shutdown(): Promise<void> {
    await stopEverything(context);
    end("shutdown");
  }

  const watches = [
    watchLogs(paths.logs, () => context.supervisor.list().map(({ spec }) => spec.id)),
    await watchHome(paths.lock, () => {
      log("folder-lost", { folder: options.stateFolder });
      context.save = () => Promise.resolve();
      void shutdown();
    }),
  ];

  async function finish(): Promise<void> {
    const how = await ending.promise;
    for (const watch of watches) watch.stop();
    await standby.stop();
    await closeOwn(context, { control, smtp });
    if (typeof how === "string") {
      await context.edge.close(leaveGraceMs);
      releaseLock();
    } else {
      await handOver(context, how, releaseLock);
    }
    await access.close();
  }

  return { ended: finish(), hasStandby: () => standby.isReady(), shutdown };
}

async function openControl(context: DaemonContext): Promise<Server> {
  const handlers = {
    ...createInstanceCalls(context),
    ...createGatewayCalls(context),
    ...createPlatformCalls(context),
  };
  const control = createControlServer(handlers, context);
  await listenControl(control, context.paths.socket);
  return control;
}

interface Doors {
  control: Server;
  smtp: SmtpSink;
}

/** Everything but the gateway, which serves until the last moment. */
async function closeOwn(context: DaemonContext, { control, smtp }: Doors): Promise<void> {
  context.supervisor.detach();
  await Promise.all([smtp.close(), closeControl(control)]);
  await context.save();
}

async function handOver(
  { edge, paths, log }: DaemonContext,
  successor: Successor,
  releaseLock: () => void,
): Promise<void> {
  const next = startSuccessor(successor, paths.daemonLog);
  releaseLock();
  try {
    await giveListeners(next, edge.listeners(), AbortSignal.timeout(handOverLimitMs));
    log("daemon-handed-over", { to: next.pid });
    await edge.leave(handOverGraceMs);
  } catch (cause) {
    log("hand-over-failed", { cause: String(cause) });
    await edge.close(leaveGraceMs);
  }
}

async function closeControl(control: Server): Promise<void> {
  const closed = new Promise((resolve) => control.close(resolve));
  control.closeIdleConnections();
  setTimeout(() => control.closeAllConnections(), 500).unref();
  await closed;
}
