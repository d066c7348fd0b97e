import type { IncomingMessage, ServerResponse } from "node:http";

import swagger, { type SwaggerTransform } from "@fastify/swagger";
import type { TypeBoxTypeProvider } from "@fastify/type-provider-typebox";
import Fastify, {
  LogController,
  type FastifyBaseLogger,
  type FastifyInstance,
  type RawServerDefault,
} from "fastify";

import { baseVariables, type BaseConfig } from "./base-variables.ts";
import { addResponseCheck } from "./check-responses.ts";
import { createLog, type Logger } from "./create-log.ts";
import { answerError, answerUnknownRoute } from "./error-handler.ts";
import { findUnsafeText } from "./find-unsafe-text.ts";
import { health, type ReadinessCheck } from "./health.ts";
import { badRequest } from "./http-error.ts";
import { metrics, type GaugeDefinition } from "./metrics.ts";
import { planOperationId } from "./plan-operation-id.ts";
import { readConfig } from "./read-config.ts";
import { readRequestId, requestContext } from "./request-context.ts";
import { createValidatorCompiler } from "./validators.ts";

export type App = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>;

export interface AppOptions {
  name: string;
  description: string;
  /** Without it: the defaults, as in tests. */
  config?: BaseConfig;
  /** Without it: silence. */
  log?: Logger;
  /** What must be there before traffic may come: `{ database: createSchemaCheck(db, folder) }`. */
  checks?: Readonly<Record<string, ReadinessCheck>>;
  gauges?: readonly GaugeDefinition[];
  bodyLimitBytes?: number;
  /** For tests: an answer that breaks its declared schema becomes a 500. */
  checksResponses?: boolean;
}

/** Longer than any gateway keeps an idle connection, so that it is never us who close one under a request. */
const KEEP_ALIVE_MS = 90_000;
/** Asked every few seconds by machines: not worth a line each. */
const probes = new Set(["/healthcheck", "/readiness", "/metrics", "/metrics/requests"]);
const DEFAULT_BODY_LIMIT_BYTES = 1024 * 1024;

/** A Fastify app with everything that all services have in common; routes come on top. */
export async function createApp(options: AppOptions): Promise<App> {
  const config = options.config ?? readConfig(baseVariables, { LOG_LEVEL: "silent" });
  const log: FastifyBaseLogger =
    options.log ?? createLog({ level: "silent", service: options.name });
  const app = Fastify({
    loggerInstance: log,
    logController: new LogController({
      disableRequestLogging: true,
      requestIdLogLabel: "request_id",
    }),
    genReqId: readRequestId,
    requestIdHeader: false,
    // The gateway is on this machine or in a private network; nobody else's X-Forwarded-* counts.
    trustProxy: ["loopback", "linklocal", "uniquelocal"],
    bodyLimit: options.bodyLimitBytes ?? DEFAULT_BODY_LIMIT_BYTES,
    keepAliveTimeout: KEEP_ALIVE_MS,
    requestTimeout: 60_000,
    forceCloseConnections: "idle",
    // While we drain, requests that are on their way already are answered.
    return503OnClosing: false,
    // Clients of the real services write some paths with a slash at the end.
    routerOptions: { maxParamLength: 200, ignoreTrailingSlash: true },
    frameworkErrors: (error, request, reply) => {
      reply.header("x-request-id", request.id);
      answerError(error, request, reply);
    },
  }).withTypeProvider<TypeBoxTypeProvider>();

  app.setValidatorCompiler(createValidatorCompiler());
  app.setErrorHandler(answerError);
  app.setNotFoundHandler(answerUnknownRoute);
  app.removeContentTypeParser("text/plain");
  await app.register(requestContext);
  addRequestLog(app);
  addTextCheck(app);
  const isDraining = addDraining(app);
  if (options.checksResponses === true) {
    addResponseCheck(app);
  }
  await app.register(swagger, planOpenApi(options, config));
  await app.register(metrics, { service: options.name, gauges: options.gauges ?? [] });
  await app.register(health, { ...options, config, checks: options.checks ?? {}, isDraining });
  app.get("/openapi.json", { schema: { hide: true } }, async () => app.swagger());
  return app;
}

function planOpenApi(options: AppOptions, config: BaseConfig) {
  return {
    openapi: {
      openapi: "3.1.0",
      info: {
        title: options.name,
        description: options.description,
        version: config.SERVICE_VERSION,
      },
      servers: [{ url: `/api/${options.name}` }],
    },
    transform: nameOperation,
  };
}

function nameOperation({ schema, url, route }: Parameters<SwaggerTransform>[0]) {
  return { schema: { operationId: planOperationId(String(route.method), url), ...schema }, url };
}

function addRequestLog(app: App): void {
  app.addHook("onResponse", async (request, reply) => {
    const isProbe = probes.has(request.routeOptions.url ?? "");
    request.log[isProbe ? "debug" : "info"](
      {
        method: request.method,
        route: request.routeOptions.url ?? "unknown",
        path: request.url.split("?")[0],
        status: reply.statusCode,
        duration_ms: Math.round(reply.elapsedTime),
      },
      "request",
    );
  });
}

function addTextCheck(app: App): void {
  app.addHook("preValidation", async (request) => {
    for (const part of ["params", "query", "body"] as const) {
      const fault = findUnsafeText(request[part]);
      if (fault !== null) {
        throw badRequest(`The ${part} cannot be taken: ${fault}.`);
      }
    }
  });
}

/** From the moment the app closes, every answer tells the client to come back on another connection. */
function addDraining(app: App): () => boolean {
  let isDraining = false;
  app.addHook("preClose", async () => {
    isDraining = true;
  });
  app.addHook("onSend", async (_request, reply) => {
    if (isDraining) {
      reply.header("connection", "close");
    }
  });
  return () => isDraining;
}
