import { mkdir } from "node:fs/promises";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { join } from "node:path";

import { createEdge } from "../gateways/edge.ts";
import { answerInbox } from "../inbox/answer-inbox.ts";
import { type InboxStore, openInboxStore } from "../inbox/inbox-store.ts";
import { type SmtpSink, startSmtpSink } from "../inbox/smtp-sink.ts";
import { acquireLock } from "./acquire-lock.ts";
import { createControlServer } from "./control-server.ts";
import type { DaemonContext, DaemonHost, DaemonOptions } from "./daemon-context.ts";
import { planDaemonPaths, planOwnerId } from "./daemon-paths.ts";
import { createStateWriter, type DaemonState, readDaemonState } from "./daemon-state.ts";
import { findFreePort } from "./free-port.ts";
import { createGatewayCalls } from "./gateway-calls.ts";
import { createInstanceCalls } from "./instance-calls.ts";
import { prepareIsolation } from "./isolation.ts";
import { listenControl } from "./listen-control.ts";
import { isBusy, openFrontDoor } from "./open-front-door.ts";
import { createPlatformCalls } from "./platform-calls.ts";
import { type Hello, protocolVersion } from "./protocol.ts";
import { restoreDaemon } from "./restore.ts";
import { createRotatingWriter, type RotatingWriter } from "./rotating-writer.ts";
import { Supervisor } from "./supervisor.ts";
import { watchLogs } from "./watch-logs.ts";

const leaveGraceMs = 2000;

export interface RunningDaemon {
  /** Resolves when it was asked to end, and has. */
  ended: Promise<void>;
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
  const { state, brokenFile } = await readDaemonState(paths.state);
  const access = createRotatingWriter(paths.accessLog);
  const inbox = await openInboxStore(paths.inbox);
  const ending = Promise.withResolvers<"shutdown" | "leave">();
  const context = await createContext({
    options,
    host,
    log,
    state,
    access,
    inbox,
    end: ending.resolve,
  });
  const recovery = await restoreDaemon(context, ownerEntryOf(options), state);
  if (brokenFile !== null)
    recovery.push(`The daemon's state could not be read; it is kept as ${brokenFile}.`);
  const smtp = await openListeners(context, inbox, recovery);
  context.hello = planHello(context, host, recovery);
  await context.save();
  const calls = createPlatformCalls(context);
  const control = createControlServer(
    { ...createInstanceCalls(context), ...createGatewayCalls(context), ...calls },
    log,
  );
  await listenControl(control, paths.socket);
  const logs = watchLogs(paths.logs, () => context.supervisor.list().map(({ spec }) => spec.id));
  log("daemon-ready", { ...context.ports, recovery });

  async function finish(): Promise<void> {
    await ending.promise;
    logs.stop();
    context.supervisor.detach();
    await Promise.all([context.edge.close(leaveGraceMs), smtp.close(), closeControl(control)]);
    await context.save();
    await access.close();
    lock?.release();
  }

  return {
    ended: finish(),
    shutdown: async () => void (await calls.shutdown(null, AbortSignal.timeout(60_000))),
  };
}

interface Parts {
  options: DaemonOptions;
  host: DaemonHost;
  log: DaemonContext["log"];
  state: DaemonState | null;
  access: RotatingWriter;
  inbox: InboxStore;
  end: DaemonContext["end"];
}

async function createContext(parts: Parts): Promise<DaemonContext> {
  const { options, host, log, state, access, inbox, end } = parts;
  const paths = planDaemonPaths(options.stateFolder);
  const isolation = await prepareIsolation(options.stateFolder, host);
  const announced: DaemonContext["announced"] = { document: null };
  const edge = createEdge({
    answerLocally: (request, response) =>
      answerAnnounced(announced, request, response) ||
      (options.environment.testData && answerInbox(inbox, request, response)),
    writeAccess: (record) => access.writeLine(JSON.stringify(record)),
  });
  const save = createStateWriter(paths.state, () => snapshot(context));
  const context: DaemonContext = {
    options,
    paths,
    place: {
      isolation,
      secrets: { folder: join(isolation.runRoot, "secrets"), owner: isolation.owner },
      logsFolder: paths.logs,
      baseEnv: { ...host.env, ...Object.fromEntries([ownerEntryOf(options).split("=")]) },
    },
    supervisor: new Supervisor({ save, log }),
    edge,
    instances: new Map(),
    slots: new Map(),
    ports: {
      public: state?.publicPort ?? options.environment.gateway.port,
      internal: state?.internalPort ?? 0,
      smtp: state?.smtpPort ?? 0,
      postgres: state?.postgresPort ?? 0,
    },
    announced,
    hello: blankHello,
    save,
    log,
    end,
  };
  return context;
}

const blankHello: Hello = {
  protocol: protocolVersion,
  toolVersion: "",
  pid: 0,
  startedAt: "",
  publicUrl: "",
  internalUrl: "",
  smtpUrl: "",
  inboxUrl: null,
  imagesFolder: "",
  recovery: [],
};

function planHello(context: DaemonContext, host: DaemonHost, recovery: readonly string[]): Hello {
  const { options, ports, place } = context;
  const publicUrl = `http://localhost:${ports.public}`;
  return {
    protocol: protocolVersion,
    toolVersion: options.toolVersion,
    pid: host.pid,
    startedAt: new Date().toISOString(),
    publicUrl,
    internalUrl: `http://127.0.0.1:${ports.internal}`,
    smtpUrl: `smtp://127.0.0.1:${ports.smtp}`,
    inboxUrl: options.environment.testData ? `${publicUrl}/inbox` : null,
    imagesFolder: join(place.isolation.runRoot, "images"),
    recovery,
  };
}

function snapshot({ ports, announced, slots, instances, supervisor }: DaemonContext): DaemonState {
  return {
    version: 1,
    publicPort: ports.public,
    internalPort: ports.internal,
    smtpPort: ports.smtp,
    postgresPort: ports.postgres,
    announced: announced.document,
    slots: [...slots.values()],
    instances: [...instances.values()],
    processes: [...supervisor.list()],
  };
}

async function openListeners(
  context: DaemonContext,
  inbox: InboxStore,
  recovery: string[],
): Promise<SmtpSink> {
  const { edge, ports, options } = context;
  const { fallback } = options.environment.gateway;
  const wanted = ports.public;
  // What runs already must be reachable and stoppable, whoever took its port meanwhile.
  const isTakenOver = context.supervisor.list().length > 0;
  ports.public = await openFrontDoor(edge, {
    port: wanted,
    fallback: isTakenOver ? "next free" : fallback,
  });
  if (isTakenOver && ports.public !== wanted) {
    recovery.push(
      `Port ${wanted} is taken by another program now; the address is on ${ports.public}.`,
    );
  }
  ports.internal = await openKept(ports.internal, (port) => edge.listenInternal(port));
  let smtp: SmtpSink | null = null;
  ports.smtp = await openKept(ports.smtp, async (port) => {
    smtp = await startSmtpSink(inbox, port);
    return smtp.port;
  });
  if (smtp === null) throw new Error("The mail inbox did not open.");
  return smtp;
}

/** The port of last time, which running services know; another one when somebody else took it meanwhile. */
async function openKept(port: number, open: (port: number) => Promise<number>): Promise<number> {
  try {
    return await open(port === 0 ? await findFreePort(new Set()) : port);
  } catch (cause) {
    if (!isBusy(cause)) throw cause;
    return await open(await findFreePort(new Set([port])));
  }
}

function answerAnnounced(
  announced: DaemonContext["announced"],
  { url, method }: IncomingMessage,
  response: ServerResponse,
): boolean {
  if (url !== "/.well-known/release-set" || method !== "GET") return false;
  const isKnown = announced.document !== null && announced.document !== undefined;
  response.writeHead(isKnown ? 200 : 404, {
    "content-type": "application/json; charset=utf-8",
    "cache-control": "no-store",
  });
  response.end(
    JSON.stringify(
      isKnown
        ? announced.document
        : { success: false, message: "No release set is announced yet." },
    ),
  );
  return true;
}

async function closeControl(control: Server): Promise<void> {
  const closed = new Promise((resolve) => control.close(resolve));
  control.closeIdleConnections();
  setTimeout(() => control.closeAllConnections(), 500).unref();
  await closed;
}

function ownerEntryOf({ stateFolder }: DaemonOptions): string {
  return `SLIPWAY_OWNER=${planOwnerId(stateFolder)}`;
}
