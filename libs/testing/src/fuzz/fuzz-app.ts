import * as fc from "fast-check";
import type { FastifyInstance } from "fastify";

import {
  createRequestArbitrary,
  type FuzzRequest,
  type Method,
  type Operation,
} from "./fuzz-requests.ts";
import type { JsonSchema } from "./schema-arbitrary.ts";

export interface FuzzOptions {
  /** Built with `checksResponses: true`, so that an answer that breaks its schema is a 500. */
  app: Pick<FastifyInstance, "inject" | "ready">;
  /** Headers of each kind of caller: `[{}, { "x-auth-token": "member" }]`. */
  callers: readonly Record<string, string>[];
  requestsPerRoute: number;
  /** The same seed gives the same requests. */
  seed: number;
}

export interface FuzzReport {
  routes: number;
  requests: number;
  /** Status → how often. */
  statuses: Record<string, number>;
  /** Requests that were answered by a 5xx, or by something that is no envelope. */
  faults: string[];
}

/** Fires generated requests at every route that OpenAPI names. */
export async function fuzzApp(options: FuzzOptions): Promise<FuzzReport> {
  const operations = await readOperations(options.app);
  const report: FuzzReport = { routes: operations.length, requests: 0, statuses: {}, faults: [] };
  for (const operation of operations) {
    const requests = fc.sample(createRequestArbitrary(operation, options.callers), {
      seed: options.seed,
      numRuns: options.requestsPerRoute,
    });
    for (const request of requests) {
      await fire(request, options.app, report);
    }
  }
  return report;
}

async function fire(request: FuzzRequest, app: FuzzOptions["app"], report: FuzzReport) {
  const answer = await app.inject(request);
  report.requests += 1;
  report.statuses[answer.statusCode] = (report.statuses[answer.statusCode] ?? 0) + 1;
  const fault = findFault(answer);
  if (fault !== null && report.faults.length < 20) {
    report.faults.push(
      `${request.method} ${request.url.slice(0, 300)} ${request.payload?.slice(0, 300) ?? ""} → ${answer.statusCode}: ${fault}`,
    );
  }
}

function findFault(answer: Awaited<ReturnType<FuzzOptions["app"]["inject"]>>): string | null {
  const { statusCode, headers, body } = answer;
  if (statusCode >= 500) {
    return body.slice(0, 300);
  }
  const isJson = headers["content-type"]?.toString().startsWith("application/json") === true;
  if (isJson && !/^\{"success":(true|false)/.test(body)) {
    return `no envelope: ${body.slice(0, 100)}`;
  }
  return statusCode >= 400 && !isJson ? "a refusal that is no JSON" : null;
}

interface OpenApiOperation {
  parameters?: Operation["parameters"];
  requestBody?: { content: Record<string, { schema: JsonSchema }> };
}

async function readOperations(app: FuzzOptions["app"]): Promise<Operation[]> {
  await app.ready();
  const document: { paths: Record<string, Record<string, OpenApiOperation>> } = (
    await app.inject("/openapi.json")
  ).json();
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      method: parseMethod(method),
      path,
      parameters: operation.parameters ?? [],
      body: operation.requestBody?.content["application/json"]?.schema ?? null,
    })),
  );
}

function parseMethod(name: string): Method {
  const method = (["GET", "POST", "PUT", "PATCH", "DELETE"] as const).find(
    (known) => known === name.toUpperCase(),
  );
  return method ?? "GET";
}
