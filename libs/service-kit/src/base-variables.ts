import Type, { type Static } from "typebox";

/** What every service reads from its environment. */
export const baseVariables = {
  PORT: Type.Integer({ minimum: 0, maximum: 65_535, default: 8084 }),
  HOST: Type.String({ default: "0.0.0.0" }),
  LOG_LEVEL: Type.Union(
    [
      Type.Literal("fatal"),
      Type.Literal("error"),
      Type.Literal("warn"),
      Type.Literal("info"),
      Type.Literal("debug"),
      Type.Literal("trace"),
      Type.Literal("silent"),
    ],
    { default: "info" },
  ),
  SERVICE_NAME: Type.Optional(Type.String()),
  SERVICE_VERSION: Type.String({ default: "0.0.0-dev" }),
  SERVICE_COMMIT: Type.String({ default: "unknown" }),
  RELEASE_SET: Type.String({ default: "none" }),
  IMAGE_DIGEST: Type.String({ default: "none" }),
  INSTANCE: Type.String({ default: "none" }),
  ENVIRONMENT: Type.String({ default: "development" }),
  DRAIN_SECONDS: Type.Number({ minimum: 0, maximum: 3600, default: 10 }),
  TEST_DATA: Type.Boolean({ default: false, description: "Whether seeds are allowed here." }),
};

/** Variables that several services have in common; a service takes what it needs. */
export const commonVariables = {
  DATABASE_URL: Type.String({ pattern: "^postgres(ql)?://" }),
  PUBLIC_URL: Type.String({ pattern: "^https?://.*[^/]$", default: "http://localhost:8080" }),
  CORE_URL: Type.String({ pattern: "^https?://.*[^/]$" }),
  MAILER_URL: Type.String({ pattern: "^https?://.*[^/]$" }),
  SMTP_URL: Type.String({ pattern: "^smtps?://" }),
  SERVICE_TOKEN: Type.String({ minLength: 16 }),
  SERVICE_TOKENS: Type.Record(Type.String(), Type.String({ minLength: 16 }), {
    description: "JSON object: service → token.",
  }),
};

const BaseConfig = Type.Object(baseVariables);
export type BaseConfig = Static<typeof BaseConfig>;
