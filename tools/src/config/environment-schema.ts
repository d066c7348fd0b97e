import Type, { type Static } from "typebox";

const Gateway = Type.Object(
  {
    port: Type.Integer({ minimum: 1, maximum: 65_535, description: "Port people use." }),
    fallback: Type.Union([Type.Literal("next free"), Type.Literal("fail")], {
      description:
        "What to do when the port is busy. The port found is remembered as long as the environment exists.",
    }),
  },
  { additionalProperties: false, description: "Where people reach the environment." },
);

const Policy = Type.Object(
  {
    confirm: Type.Union([Type.Literal("none"), Type.Literal("yes"), Type.Literal("type name")], {
      description: "What is asked before anything changes. `--yes` answers it.",
    }),
    readinessSeconds: Type.Integer({
      minimum: 1,
      maximum: 3600,
      description: "How long a new version may take until it is ready.",
    }),
    soakSeconds: Type.Integer({
      minimum: 0,
      maximum: 3600,
      description: "How long new versions are watched before the old ones are let go.",
    }),
    keepWarmMinutes: Type.Integer({
      minimum: 0,
      maximum: 1440,
      description: "Above 0, the version before stays up, so that going back needs no start.",
    }),
  },
  { additionalProperties: false, description: "How careful a deployment is." },
);

const ServiceSettings = Type.Object(
  {
    env: Type.Record(Type.String({ pattern: "^[A-Z][A-Z0-9_]*$" }), Type.String(), {
      description: "Plain settings, never secret.",
    }),
  },
  { additionalProperties: false },
);

/** A place where release sets run: `tools/environments/<name>.yaml`. */
export const Environment = Type.Object(
  {
    name: Type.String({
      pattern: "^[a-z][a-z0-9-]{0,31}$",
      description: "As in the file's name and in `--env`.",
    }),
    driver: Type.Literal("process", {
      description: "How images run: `process` runs their unpacked layers under a supervisor.",
    }),
    source: Type.Union([Type.Literal("working-tree"), Type.Literal("registry")], {
      description: "Where images come from: built from the working tree, or release sets.",
    }),
    testData: Type.Boolean({ description: "Seed test data and show the inbox of sent mails." }),
    gateway: Gateway,
    policy: Policy,
    services: Type.Optional(
      Type.Record(Type.String(), ServiceSettings, { description: "Settings by service." }),
    ),
    welcome: Type.Optional(
      Type.String({ description: "Printed after a deployment: who can log in, what to try." }),
    ),
  },
  { additionalProperties: false },
);

export type Environment = Static<typeof Environment>;
