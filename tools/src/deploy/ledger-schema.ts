import Type from "typebox";

import { exitCodeMeanings } from "../exit-codes.ts";
import { DeployPlan, Step } from "./plan-schema.ts";

export const Actor = Type.Object({
  name: Type.String(),
  kind: Type.Union([Type.Literal("git"), Type.Literal("ci"), Type.Literal("os")]),
});

const Outcome = Type.Union([
  Type.Literal("committed"),
  Type.Literal("failed-clean"),
  Type.Literal("rolled-back"),
  Type.Literal("held"),
  Type.Literal("rollback-failed"),
  Type.Literal("superseded"),
]);

const Index = Type.Object({ index: Type.Integer({ minimum: 0 }) });
const HostNames = Type.Object({ hosts: Type.Array(Type.String()) });
const NameOfOne = Type.Object({ service: Type.String() });

/** What each event says, by its name. An event that stands not here was written by a newer Slipway. */
export const eventSchemas = {
  "run-opened": Type.Object({ plan: DeployPlan }),
  "step-intended": Index,
  "step-done": Type.Object({ index: Type.Integer({ minimum: 0 }), durationMs: Type.Number() }),
  "step-failed": Type.Object({
    index: Type.Integer({ minimum: 0 }),
    code: Type.String(),
    message: Type.String(),
  }),
  "return-intended": Type.Object({ step: Step }),
  "return-done": Type.Object({ step: Step }),
  "run-closed": Type.Object({
    outcome: Outcome,
    exitCode: Type.Union(Object.keys(exitCodeMeanings).map((code) => Type.Literal(Number(code)))),
    message: Type.Union([Type.String(), Type.Null()]),
  }),
  "pin-lifted": NameOfOne,
  "environment-stopped": Type.Object({}),
  "ledger-repaired": Type.Object({ droppedBytes: Type.Integer() }),
  "gates-overridden": Type.Object({ gates: Type.Array(Type.String()) }),
  "set-verified": Type.Object({
    set: Type.String(),
    content: Type.String(),
    configuration: Type.String(),
    isPassed: Type.Boolean(),
    suites: Type.Array(Type.String()),
    deployedAt: Type.String(),
  }),
  frozen: Type.Object({ until: Type.Union([Type.String(), Type.Null()]) }),
  thawed: Type.Object({}),
  "secret-changed": Type.Object({ name: Type.String(), mark: Type.String() }),
  "maintenance-begun": Type.Object({ message: Type.String() }),
  "maintenance-ended": Type.Object({}),
  "hosts-lost": HostNames,
  "hosts-caught-up": HostNames,
  "backup-restored": Type.Object({ service: Type.String(), backup: Type.String() }),
} as const;

/** What every record has, whatever it tells. */
export const RecordEnvelope = Type.Object({
  seq: Type.Integer({ minimum: 1 }),
  time: Type.String(),
  run: Type.Union([Type.String(), Type.Null()]),
  epoch: Type.Integer({ minimum: 0 }),
  actor: Actor,
  reason: Type.Union([Type.String(), Type.Null()]),
  prevHash: Type.String(),
  hash: Type.String(),
  event: Type.String(),
  data: Type.Object({}),
});
