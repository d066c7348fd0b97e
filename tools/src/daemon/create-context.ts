import { randomUUID } from "node:crypto";
import { join } from "node:path";

import type { Maintenance } from "../gateways/edge-maintenance.ts";
import { createEdge } from "../gateways/edge.ts";
import { answerInbox } from "../inbox/answer-inbox.ts";
import type { InboxStore } from "../inbox/inbox-store.ts";
import { answerAnnounced } from "./answer-announced.ts";
import type { DaemonContext, DaemonHost, DaemonOptions } from "./daemon-context.ts";
import { planDaemonPaths, planOwnerId } from "./daemon-paths.ts";
import { createStateWriter, type DaemonState } from "./daemon-state.ts";
import { prepareIsolation } from "./isolation.ts";
import { type Hello, protocolVersion } from "./protocol.ts";
import type { RotatingWriter } from "./rotating-writer.ts";
import { Supervisor } from "./supervisor.ts";

export interface DaemonParts {
  options: DaemonOptions;
  host: DaemonHost;
  log: DaemonContext["log"];
  state: DaemonState | null;
  access: RotatingWriter;
  inbox: InboxStore;
  end: DaemonContext["end"];
}

/** The parts of a daemon joined, before anything listens. */
export async function createContext(parts: DaemonParts): Promise<DaemonContext> {
  const { options, host, log, state, access, inbox, end } = parts;
  const paths = planDaemonPaths(options.stateFolder);
  const isolation = await prepareIsolation(options.stateFolder, host);
  const announced: DaemonContext["announced"] = { document: null };
  const maintenance: Maintenance = {
    message: state?.maintenance ?? null,
    pass: state?.pass ?? randomUUID(),
  };
  const edge = createEdge({
    maintenance,
    answerLocally: (request, response) =>
      answerAnnounced(announced, request, response) ||
      (options.environment.testData && answerInbox(inbox, request, response)),
    writeAccess: (record) => access.writeLine(JSON.stringify(record)),
  });
  const write = createStateWriter(paths.state, () => snapshot(context));
  const context: DaemonContext = {
    options,
    paths,
    place: {
      isolation,
      secrets: { folder: join(isolation.runRoot, "secrets"), owner: isolation.owner },
      logsFolder: paths.logs,
      baseEnv: { ...host.env, ...Object.fromEntries([ownerEntryOf(options).split("=")]) },
    },
    supervisor: new Supervisor({ save: async () => await context.save(), log }),
    edge,
    instances: new Map(),
    slots: new Map(),
    ports: choosePorts(options, state),
    announced,
    maintenance,
    claim: { epoch: state?.epoch ?? 0 },
    hello: blankHello,
    save: write,
    log,
    end,
  };
  return context;
}

function choosePorts(options: DaemonOptions, state: DaemonState | null): DaemonContext["ports"] {
  return {
    public: state?.publicPort ?? options.environment.gateway.port,
    internal: state?.internalPort ?? 0,
    smtp: state?.smtpPort ?? 0,
    postgres: state?.postgresPort ?? 0,
  };
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
  epoch: 0,
  pass: "",
  recovery: [],
};

export function planHello(
  context: DaemonContext,
  host: DaemonHost,
  recovery: readonly string[],
): Hello {
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
    epoch: context.claim.epoch,
    pass: context.maintenance.pass,
    recovery,
  };
}

function snapshot(context: DaemonContext): DaemonState {
  const { ports, announced, maintenance, claim, slots, instances, supervisor } = context;
  return {
    version: 1,
    publicPort: ports.public,
    internalPort: ports.internal,
    smtpPort: ports.smtp,
    postgresPort: ports.postgres,
    announced: announced.document,
    epoch: claim.epoch,
    maintenance: maintenance.message,
    pass: maintenance.pass,
    slots: [...slots.values()],
    instances: [...instances.values()],
    processes: [...supervisor.list()],
  };
}

/** The entry in the environment of every process that belongs to this daemon. */
export function ownerEntryOf({ stateFolder }: DaemonOptions): string {
  return `SLIPWAY_OWNER=${planOwnerId(stateFolder)}`;
}
