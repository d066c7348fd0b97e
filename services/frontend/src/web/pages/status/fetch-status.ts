import {
  type Health,
  type HealthProbe,
  judgeService,
  type ReleaseSet,
  type ServiceStatus,
} from "./service-status.ts";

const SERVICES = ["core", "mailer", "events", "statutory", "discounts", "frontend"];

export interface SystemStatus {
  set: ReleaseSet | null;
  services: ServiceStatus[];
}

/** Asks every service who it is, and the gateway what should run. */
export async function fetchStatus(): Promise<SystemStatus> {
  const set = await fetchReleaseSet();
  const names = [...new Set([...SERVICES, ...Object.keys(set?.services ?? {})])];
  const probes = await Promise.all(names.map(probe));
  return { set, services: probes.map((one) => judgeService(one, set)) };
}

async function probe(service: string): Promise<HealthProbe> {
  const started = performance.now();
  // The frontend is what answers at the gateway's root.
  const path = service === "frontend" ? "/healthcheck" : `/api/${service}/healthcheck`;
  const health = await fetchHealth(path);
  return { service, health, roundTripMs: health && Math.round(performance.now() - started) };
}

async function fetchHealth(path: string): Promise<Health | null> {
  const answer: { success?: boolean; data?: Health } | null = await fetchJson(path);
  return answer?.data ?? null;
}

async function fetchReleaseSet(): Promise<ReleaseSet | null> {
  const set: ReleaseSet | null = await fetchJson("/.well-known/release-set");
  return set?.services === undefined ? null : set;
}

async function fetchJson<T>(path: string): Promise<T | null> {
  try {
    const response = await fetch(path, { headers: { accept: "application/json" } });
    return response.ok ? await response.json() : null;
  } catch {
    return null;
  }
}
