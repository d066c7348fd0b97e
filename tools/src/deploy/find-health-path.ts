import type { Route, ServiceNeeds } from "../workspace/service-manifest.ts";

/** Where the public front door answers with the service's health, or null when no route leads there. */
export function findHealthPath({ routes, health }: ServiceNeeds): string | null {
  for (const route of routes) {
    const path = joinPath(stripOf(route), health.liveness);
    if (route.exact === true ? path === route.path : path.startsWith(route.path)) return path;
  }
  return null;
}

function stripOf({ path, strip }: Route): string {
  if (typeof strip === "string") return strip;
  return strip === true ? path : "";
}

function joinPath(prefix: string, path: string): string {
  return `${prefix.replace(/\/$/, "")}${path}`;
}
