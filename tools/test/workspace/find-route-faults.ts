import type { ClientCall } from "./find-client-calls.ts";

interface Routed {
  name: string;
  routes: readonly { path: string }[];
}

/** Calls of the pages, all below `/api`, that no route of their service takes: the gateway would answer 404. */
export function findRouteFaults(
  calls: readonly ClientCall[],
  services: readonly Routed[],
): string[] {
  return calls.flatMap(({ place, method, path }) => {
    const url = `/api/${path}`;
    const service = path.split("/")[0];
    const routes = services.find(({ name }) => name === service)?.routes ?? [];
    return routes.some((route) => isBelow(url, route.path))
      ? []
      : [`${place}: no route of ${service ?? "any service"} takes ${method} ${url}`];
  });
}

function isBelow(url: string, prefix: string): boolean {
  return url === prefix || url.startsWith(`${prefix}/`);
}
