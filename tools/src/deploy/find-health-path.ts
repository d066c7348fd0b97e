import type { Route, ServiceNeeds } from "../workspace/service-manifest.ts";

/** Where the public front door answers with the service's health, or null when no route leads there. */
export function findHealthPath({ routes, health }: ServiceNeeds): string | null {
  const paths = routes.map((route) => findRouteHealth(route, health));
  return paths.find((path) => path !== null) ?? null;
}

/** Where this route answers with the service's health, or null when it does not lead there. */
export function findRouteHealth(route: Route, health: ServiceNeeds["health"]): string | null {
  const path = joinPath(stripOf(route), health.liveness);
  const isBelow = route.exact === true ? path === route.path : path.startsWith(route.path);
  return isBelow ? path : null;
}

function stripOf({ path, strip }: Route): string {
  if (typeof strip === "string") return strip;
  return strip === true ? path : "";
}

function joinPath(prefix: string, path: string): string {
  return `${prefix.replace(/\/$/, "")}${path}`;
}
