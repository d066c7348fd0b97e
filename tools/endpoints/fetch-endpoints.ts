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

/** Starts each service and asks for its OpenAPI document. */
export async function fetchEndpoints(): Promise<Endpoints> {
  const services = Object.keys(partA);
  const lists = await Promise.all(services.map(fetchServiceEndpoints));
  return Object.fromEntries(services.map((service, index) => [service, lists[index] ?? []]));
}

async function fetchServiceEndpoints(service: string): Promise<string[]> {
  const running = await startService(service, environment);
  try {
    const answer = await fetch(`${running.url}/openapi.json`);
    const document: { paths: Record<string, object> } = JSON.parse(await answer.text());
    return Object.entries(document.paths)
      .flatMap(([path, methods]) =>
        Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
      )
      .toSorted(byPathThenMethod);
  } finally {
    await running.stop();
  }
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
