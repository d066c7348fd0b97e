import * as fc from "fast-check";

import { readOperations, type InjectableApp } from "../openapi/read-operations.ts";
import { createRequestArbitrary, type FuzzRequest } from "./fuzz-requests.ts";

export interface FuzzOptions {
  /** Built with `checksResponses: true`, so that an answer that breaks its schema is a 500. */
  app: InjectableApp;
  /** Headers of each kind of caller: `[{}, { "x-auth-token": "member" }]`. */
  callers: readonly Record<string, string>[];
  requestsPerRoute: number;
  /** The same seed gives the same requests. */
  seed: number;
  /** Brings the data back, before each route and after each hundred requests: some requests delete. */
  refill?: () => Promise<void>;
}

export interface FuzzReport {
  routes: number;
  requests: number;
  /** Status → how often. */
  statuses: Record<string, number>;
  serverErrors: number;
  /** Answers that break their declared schema, or are no envelope. */
  schemaFaults: number;
  /** The first of both kinds, with their requests. */
  faults: string[];
}

const REFILL_EVERY = 100;
const MAX_FAULTS = 20;

/** Fires generated requests at every route that OpenAPI names. */
export async function fuzzApp(options: FuzzOptions): Promise<FuzzReport> {
  const operations = await readOperations(options.app);
  const report: FuzzReport = {
    routes: operations.length,
    requests: 0,
    statuses: {},
    serverErrors: 0,
    schemaFaults: 0,
    faults: [],
  };
  for (const operation of operations) {
    const requests = fc.sample(createRequestArbitrary(operation, options.callers), {
      seed: options.seed,
      numRuns: options.requestsPerRoute,
    });
    for (const [index, request] of requests.entries()) {
      await (index % REFILL_EVERY === 0 ? options.refill?.() : undefined);
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
  if (fault === null) {
    return;
  }
  report[fault.kind] += 1;
  if (report.faults.length < MAX_FAULTS) {
    report.faults.push(
      `${request.method} ${request.url.slice(0, 300)} ${request.payload?.slice(0, 300) ?? ""} → ${answer.statusCode}: ${fault.text}`,
    );
  }
}

interface Fault {
  kind: "serverErrors" | "schemaFaults";
  text: string;
}

function findFault({
  statusCode,
  headers,
  body,
}: Awaited<ReturnType<FuzzOptions["app"]["inject"]>>): Fault | null {
  const broken = headers["x-schema-fault"];
  if (broken !== undefined) {
    return { kind: "schemaFaults", text: decodeURIComponent(String(broken)) };
  }
  if (statusCode >= 500) {
    return { kind: "serverErrors", text: body.slice(0, 300) };
  }
  const isJson = headers["content-type"]?.toString().startsWith("application/json") === true;
  if (isJson && !/^\{"success":(true|false)/.test(body)) {
    return { kind: "schemaFaults", text: `no envelope: ${body.slice(0, 100)}` };
  }
  return statusCode >= 400 && !isJson
    ? { kind: "schemaFaults", text: "a refusal that is no JSON" }
    : null;
}
