import Type from "typebox";

import { Route } from "../workspace/service-manifest.ts";

// Extra fields are let through: a ledger outlives the version of Slipway that wrote it.

const ImageReference = Type.Object({
  service: Type.String(),
  version: Type.String(),
  digest: Type.String(),
});

const PlannedInstance = Type.Object({
  id: Type.String(),
  service: Type.String(),
  version: Type.String(),
  digest: Type.String(),
  settings: Type.String(),
});

const SchemaRange = Type.Object({ min: Type.Integer(), max: Type.Integer() });
const Routes = Type.Array(Route);

/** Every kind of step, with just the fields that doing it needs. */
export const Step = Type.Union([
  Type.Object({ kind: Type.Literal("generate-secrets"), names: Type.Array(Type.String()) }),
  Type.Object({ kind: Type.Literal("ensure-database"), service: Type.String() }),
  Type.Object({ kind: Type.Literal("prepare-image"), image: ImageReference }),
  Type.Object({
    kind: Type.Literal("back-up"),
    service: Type.String(),
    backup: Type.String(),
    keep: Type.Integer({ minimum: 1 }),
  }),
  Type.Object({
    kind: Type.Literal("migrate"),
    image: ImageReference,
    imageKey: Type.String(),
    schema: SchemaRange,
  }),
  Type.Object({ kind: Type.Literal("seed"), image: ImageReference }),
  Type.Object({ kind: Type.Literal("start"), instance: PlannedInstance }),
  Type.Object({
    kind: Type.Literal("await-ready"),
    instance: PlannedInstance,
    timeoutSeconds: Type.Number(),
  }),
  Type.Object({
    kind: Type.Literal("declare-route"),
    service: Type.String(),
    routes: Routes,
    before: Type.Union([Routes, Type.Null()]),
  }),
  Type.Object({
    kind: Type.Literal("shift"),
    service: Type.String(),
    from: Type.Union([PlannedInstance, Type.Null()]),
    to: PlannedInstance,
  }),
  Type.Object({
    kind: Type.Literal("probe-front-door"),
    instance: PlannedInstance,
    path: Type.String(),
  }),
  Type.Object({
    kind: Type.Literal("soak"),
    instances: Type.Array(Type.String()),
    seconds: Type.Number(),
  }),
  Type.Object({
    kind: Type.Literal("drain"),
    service: Type.String(),
    instance: Type.String(),
    limitSeconds: Type.Number(),
  }),
  Type.Object({
    kind: Type.Literal("stop"),
    service: Type.String(),
    instance: Type.String(),
    graceSeconds: Type.Number(),
  }),
  Type.Object({ kind: Type.Literal("remove-route"), service: Type.String() }),
  Type.Object({ kind: Type.Literal("announce"), set: Type.String() }),
  Type.Object({ kind: Type.Literal("record"), set: Type.String() }),
]);

const Needs = Type.Object({
  port: Type.Integer(),
  routes: Routes,
  health: Type.Object({ liveness: Type.String(), readiness: Type.String() }),
  needs: Type.Object({
    services: Type.Array(Type.String()),
    database: Type.Optional(Type.Boolean()),
    smtp: Type.Optional(Type.Boolean()),
  }),
  secrets: Type.Array(
    Type.Object({
      name: Type.String(),
      generate: Type.Optional(
        Type.Union([
          Type.Literal("random"),
          Type.Literal("service-token"),
          Type.Literal("service-tokens"),
        ]),
      ),
    }),
  ),
  resources: Type.Object({ memoryMb: Type.Number() }),
  drainSeconds: Type.Number(),
});

/** A release as a plan carries it. */
export const PlannedRelease = Type.Object({
  version: Type.String(),
  digest: Type.String(),
  imageKey: Type.String(),
  schema: Type.Union([SchemaRange, Type.Null()]),
  needs: Needs,
});

const Name = Type.Union([
  Type.Object({ version: Type.String(), digest: Type.String() }),
  Type.Null(),
]);

const ServiceChange = Type.Object({
  service: Type.String(),
  action: Type.Union([
    Type.Literal("add"),
    Type.Literal("update"),
    Type.Literal("restart"),
    Type.Literal("remove"),
    Type.Literal("keep"),
  ]),
  from: Name,
  to: Name,
  note: Type.String(),
});

/** A plan as it is saved and as the ledger keeps it. */
export const DeployPlan = Type.Object({
  version: Type.Literal(1),
  kind: Type.Union([Type.Literal("deploy"), Type.Literal("rollback"), Type.Literal("reconcile")]),
  environment: Type.String(),
  base: Type.Integer(),
  set: Type.Object({
    version: Type.Literal(1),
    id: Type.String(),
    commit: Type.String(),
    services: Type.Record(Type.String(), PlannedRelease),
  }),
  changes: Type.Array(ServiceChange),
  pins: Type.Array(
    Type.Object({
      service: Type.String(),
      change: Type.Union([Type.Literal("pin"), Type.Literal("lift")]),
    }),
  ),
  steps: Type.Array(Step),
  hash: Type.String(),
});
