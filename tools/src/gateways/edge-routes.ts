import type { Route } from "../workspace/service-manifest.ts";

/** Where a request goes: which service, and the path it sees. */
export interface RouteMatch {
  service: string;
  /** Path and query for the service. */
  target: string;
}

export interface RouteEntry extends Route {
  service: string;
}

/** Longest path first; of two equal ones the exact first. */
export function planRoutes(routesOf: ReadonlyMap<string, readonly Route[]>): RouteEntry[] {
  return [...routesOf]
    .flatMap(([service, routes]) => routes.map((route) => ({ ...route, service })))
    .toSorted(
      (a, b) =>
        b.path.length - a.path.length ||
        Number(b.exact ?? false) - Number(a.exact ?? false) ||
        a.service.localeCompare(b.service),
    );
}

export function matchRoute(entries: readonly RouteEntry[], target: string): RouteMatch | null {
  const path = pathOf(target);
  const entry = entries.find((candidate) => matches(candidate, path));
  return entry === undefined
    ? null
    : { service: entry.service, target: removePrefix(target, prefixOf(entry)) };
}

/** `/core/session` on the internal side is `/session` of core. */
export function matchInternal(target: string): RouteMatch | null {
  const service = /^\/([a-z0-9][a-z0-9-]*)(?=[/?]|$)/.exec(target)?.[1];
  return service === undefined ? null : { service, target: removePrefix(target, `/${service}`) };
}

/** Path and query of a request line: also of the absolute form that clients of proxies send; null for `*`. */
export function parseTarget(url: string): string | null {
  if (url.startsWith("/")) return url;
  const absolute = /^https?:\/\/[^/?#]*([^#]*)/i.exec(url)?.[1];
  if (absolute === undefined) return null;
  return absolute.startsWith("/") ? absolute : `/${absolute}`;
}

export function pathOf(target: string): string {
  return target.split("?", 1)[0] ?? target;
}

function matches({ path, exact }: RouteEntry, requested: string): boolean {
  if (requested === path) return true;
  if (exact === true) return false;
  return requested.startsWith(path.endsWith("/") ? path : `${path}/`);
}

function prefixOf({ path, strip }: RouteEntry): string {
  if (strip === true) return path;
  return typeof strip === "string" ? strip : "";
}

function removePrefix(target: string, prefix: string): string {
  const trimmed = prefix.endsWith("/") ? prefix.slice(0, -1) : prefix;
  if (!target.startsWith(trimmed)) return target;
  const rest = target.slice(trimmed.length);
  return rest.startsWith("/") ? rest : `/${rest}`;
}
