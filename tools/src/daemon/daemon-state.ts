import { rename } from "node:fs/promises";

import Type, { type Static } from "typebox";
import { Value } from "typebox/value";

import { readIfPresent } from "../files/read-if-present.ts";
import { writeFileSafely } from "../files/write-file-safely.ts";
import { Route } from "../workspace/service-manifest.ts";

const ProcessSpec = Type.Object({
  id: Type.String(),
  command: Type.String(),
  args: Type.Array(Type.String()),
  cwd: Type.String(),
  env: Type.Record(Type.String(), Type.String()),
  owner: Type.Union([Type.Object({ uid: Type.Integer(), gid: Type.Integer() }), Type.Null()]),
  logFile: Type.String(),
  stopSignal: Type.Union([Type.Literal("SIGTERM"), Type.Literal("SIGINT")]),
});

const ProcessRecord = Type.Object({
  spec: ProcessSpec,
  state: Type.Union([
    Type.Literal("starting"),
    Type.Literal("running"),
    Type.Literal("restarting"),
    Type.Literal("stopping"),
    Type.Literal("exited"),
  ]),
  identity: Type.Union([Type.Object({ pid: Type.Integer(), birth: Type.String() }), Type.Null()]),
  startedAt: Type.String(),
  restarts: Type.Integer(),
  exitCode: Type.Union([Type.Integer(), Type.Null()]),
  keepRunning: Type.Boolean(),
});

const InstanceRecord = Type.Object({
  id: Type.String(),
  service: Type.String(),
  version: Type.String(),
  digest: Type.String(),
  set: Type.String(),
  run: Type.String(),
  port: Type.Integer(),
});

const SlotRecord = Type.Object({
  service: Type.String(),
  routes: Type.Array(Route),
  instance: Type.Union([Type.String(), Type.Null()]),
  address: Type.Union([Type.String(), Type.Null()]),
});

/** All that a daemon must know to take over from one that died. Holds no secret. */
export const DaemonState = Type.Object({
  version: Type.Literal(1),
  publicPort: Type.Integer(),
  internalPort: Type.Integer(),
  smtpPort: Type.Integer(),
  postgresPort: Type.Integer(),
  announced: Type.Unknown(),
  /** Missing in what an older version wrote. */
  epoch: Type.Optional(Type.Integer({ minimum: 0 })),
  /** Missing there as well, like the pass that lets probes through. */
  maintenance: Type.Optional(Type.Union([Type.String(), Type.Null()])),
  pass: Type.Optional(Type.String()),
  slots: Type.Array(SlotRecord),
  instances: Type.Array(InstanceRecord),
  processes: Type.Array(ProcessRecord),
});

export type DaemonState = Static<typeof DaemonState>;
export type InstanceRecord = Static<typeof InstanceRecord>;
export type SlotRecord = Static<typeof SlotRecord>;

/** Null when there is none. A file that can't be understood is put aside, and its new name is told. */
export async function readDaemonState(
  file: string,
): Promise<{ state: DaemonState | null; brokenFile: string | null }> {
  const content = await readIfPresent(file);
  if (content === null) return { state: null, brokenFile: null };
  const state = parseState(content);
  if (state !== null) return { state, brokenFile: null };
  const brokenFile = `${file}.broken`;
  await rename(file, brokenFile);
  return { state: null, brokenFile };
}

/** Writes one after the other; calls that come meanwhile share the next write. */
export function createStateWriter(file: string, read: () => DaemonState): () => Promise<void> {
  let running: Promise<void> = Promise.resolve();
  let next: Promise<void> | null = null;

  function write(): Promise<void> {
    next = null;
    return writeFileSafely(file, JSON.stringify(read(), null, 1));
  }

  return () => {
    if (next !== null) return next;
    next = running.then(write, write);
    running = next;
    return next;
  };
}

function parseState(content: string): DaemonState | null {
  try {
    const value: unknown = JSON.parse(content);
    return Value.Check(DaemonState, value) ? value : null;
  } catch {
    return null;
  }
}
