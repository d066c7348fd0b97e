import type { Server } from "node:net";

import type { Maintenance } from "../gateways/edge-maintenance.ts";
import type { Edge, EdgeSide } from "../gateways/edge.ts";
import type { EnvironmentFacts } from "../hosts/platform.ts";
import type { DaemonPaths } from "./daemon-paths.ts";
import type { InstanceRecord, SlotRecord } from "./daemon-state.ts";
import type { ProcessPlace } from "./plan-process.ts";
import type { Hello, Successor } from "./protocol.ts";
import type { Supervisor } from "./supervisor.ts";

/** What `main.ts` knows about the machine and passes in. */
export interface DaemonHost {
  isRoot: boolean;
  nodePath: string;
  /** PATH, TZ, LANG: what services may see of the environment. */
  env: Readonly<Record<string, string>>;
  pid: number;
  /** Present when a predecessor waits to hand over its listening sockets; resolves when all have come. */
  inheritListeners: ((accept: AcceptListener) => Promise<void>) | null;
}

export type AcceptListener = (side: EdgeSide, listener: Server) => void;

export interface DaemonOptions {
  stateFolder: string;
  environment: EnvironmentFacts;
  toolVersion: string;
  /** How long to wait for a predecessor that is about to end. */
  awaitLockMs: number;
  /** Wait until the daemon that started this one has died. */
  isStandby?: boolean;
}

/** The parts of a running daemon, as its calls see them. */
export interface DaemonContext {
  options: DaemonOptions;
  paths: DaemonPaths;
  place: ProcessPlace;
  supervisor: Supervisor;
  edge: Edge;
  instances: Map<string, InstanceRecord>;
  /** Written before the gateway follows, so that a successor routes as this daemon did or was about to. */
  slots: Map<string, SlotRecord>;
  ports: { public: number; internal: number; smtp: number; postgres: number };
  announced: { document: unknown };
  maintenance: Maintenance;
  /** Of the newest run that works on the environment; 0 when none ever did. */
  claim: { epoch: number };
  hello: Hello;
  save: () => Promise<void>;
  log: (event: string, facts: object) => void;
  /** Ends the daemon once the present call is answered. */
  end: (how: "shutdown" | "leave" | Successor) => void;
}
