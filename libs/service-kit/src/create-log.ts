import { pino, type DestinationStream, type Logger } from "pino";

import { currentRequestId } from "./request-context.ts";

export type { Logger } from "pino";

const secretNames = [
  "token",
  "access_token",
  "refresh_token",
  "password",
  "old_password",
  "secret",
  "parameters",
  "authorization",
  '["x-auth-token"]',
  '["x-service-token"]',
  "DATABASE_URL",
  "SERVICE_TOKEN",
  "SERVICE_TOKENS",
];

const redactedPaths = secretNames.flatMap((name) =>
  ["", "*", "*.*", "*.*.*"].map((prefix) => joinPath(prefix, name)),
);

export interface LogOptions {
  level: string;
  service: string;
  version?: string;
  destination?: DestinationStream;
}

/** JSON lines on stdout, each with the id of its request; tokens, passwords and mail parameters never appear. */
export function createLog(options: LogOptions): Logger {
  return pino(
    {
      level: options.level,
      base: { service: options.service, version: options.version },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: redactedPaths, censor: "***" },
      serializers: { err: formatError },
      mixin: (_details, _level, logger) => {
        const requestId = currentRequestId();
        // The request's own logger names it already.
        return requestId === undefined || "request_id" in logger.bindings()
          ? {}
          : { request_id: requestId };
      },
    },
    options.destination,
  );
}

/** Chosen fields only: errors of the database carry whole rows in `detail`. */
function formatError(error: unknown): unknown {
  if (!(error instanceof Error)) {
    return String(error);
  }
  return {
    type: error.name,
    message: error.message,
    stack: error.stack,
    ...("code" in error ? { code: error.code } : {}),
    ...("constraint" in error ? { constraint: error.constraint } : {}),
    ...(error.cause === undefined ? {} : { cause: formatError(error.cause) }),
  };
}

function joinPath(prefix: string, name: string): string {
  return prefix === "" || name.startsWith("[") ? `${prefix}${name}` : `${prefix}.${name}`;
}
