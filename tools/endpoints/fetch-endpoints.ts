import { startService } from "../bench/start-service.ts";
import type { Endpoints } from "./format-endpoints.ts";
import { partA } from "./part-a.ts";

/** Nobody listens there: a service says what it offers without its database and its neighbours. */
const NOWHERE = "127.0.0.1:1";
const environment = {
  DATABASE_URL: `postgres://${NOWHERE}/none`,
  CORE_URL: `http://${NOWHERE}`,
  MAILER_URL: `http://${NOWHERE}`,
  SMTP_URL: `smtp://${NOWHERE}`,
  SERVICE_TOKEN: "not-a-secret-of-anybody",
  SERVICE_TOKENS: "{}",
  LOG_LEVEL: "info",
};

/** As far as this tool reads it. */
export interface ApiDocument {
  paths: Record<string, Record<string, ApiOperation>>;
}

export interface ApiOperation {
  parameters?: { name: string; in: string }[];
  requestBody?: {
    content?: Record<string, { schema?: { properties?: Record<string, { enum?: string[] }> } }>;
  };
}

/** Every endpoint of each service, as its OpenAPI document lists them. */
export async function fetchEndpoints(): Promise<Endpoints> {
  const documents = Object.entries(await fetchDocuments());
  return Object.fromEntries(documents.map(([service, document]) => [service, list(document)]));
}

/**
 * Starts each service and asks for its OpenAPI document.
 * @throws {Error} of the first service that did not start, once all the others have ended.
 */
export async function fetchDocuments(): Promise<Record<string, ApiDocument>> {
  const services = Object.keys(partA);
  const asked = services.map(async (name) => [name, await fetchDocument(name)] as const);
  await Promise.allSettled(asked);
  return Object.fromEntries(await Promise.all(asked));
}

async function fetchDocument(service: string): Promise<ApiDocument> {
  const running = await startService(service, environment);
  try {
    const answer = await fetch(`${running.url}/openapi.json`);
    const document: ApiDocument = JSON.parse(await answer.text());
    return document;
  } finally {
    await running.stop();
  }
}

function list({ paths }: ApiDocument): string[] {
  return Object.entries(paths)
    .flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    )
    .toSorted(byPathThenMethod);
}

function byPathThenMethod(a: string, b: string): number {
  const [methodOfA = "", pathOfA = ""] = a.split(" ");
  const [methodOfB = "", pathOfB = ""] = b.split(" ");
  return pathOfA === pathOfB ? compare(methodOfA, methodOfB) : compare(pathOfA, pathOfB);
}

/** By code units, so that every machine sorts the same. */
function compare(a: string, b: string): number {
  return a < b ? -1 : 1;
}
