import { matchRoute, planRoutes, type RouteEntry } from "../edge-routes.ts";
import { formatEnvelope, formatPage, refusalMessages } from "../front-door-texts.ts";
import { type GatewayFacts, listServices, slotNames } from "./gateway-facts.ts";
import { planStripDepth } from "./plan-strip-depth.ts";

/** A table that HAProxy looks things up in: a file for its next start, replaced as a whole in its memory. */
export interface MapFile {
  name: MapName;
  /** Key, a space, and a value that may hold spaces. */
  lines: readonly string[];
}

export type MapName = (typeof mapNames)[number];

export const mapNames = [
  "routes.map",
  "exact.map",
  "internal.map",
  "instances.map",
  "pages.map",
  "switches.map",
  "announced.map",
] as const;

/** Decides about a request without a service: the backend that answers 404. */
export const nowhere = "nowhere";
/** Leads to the internal side of the worker that takes new connections. */
export const relay = "relay";

export function planMaps(facts: GatewayFacts, bodyBytes: number): MapFile[] {
  const lines = { ...planRouteLines(facts), ...planOtherLines(facts, bodyBytes) };
  return mapNames.map((name) => ({ name, lines: lines[name] }));
}

/**
 * For a worker that a reload has left behind. It can't be told of new instances any more, so the next request of each of
 * its clients goes on to the worker that can.
 */
export function planRelayedMaps(maps: readonly MapFile[]): MapFile[] {
  return maps.map(({ name, lines }) => ({
    name,
    lines: lines.map((line) => line.replace(/ pool\d+\|/, ` ${relay}|`)),
  }));
}

export function formatMap({ lines }: MapFile): string {
  return lines.map((line) => `${line}\n`).join("");
}

function planRouteLines(facts: GatewayFacts) {
  const services = listServices(facts);
  const pools = new Map(services.map(({ service, pool }) => [service, pool]));
  const entries = planRoutes(new Map(services.map(({ service, routes }) => [service, routes])));
  const value = (entry: RouteEntry) =>
    `${pools.get(entry.service)}|${entry.service}|${planStripDepth(entry)}`;
  const prefixes = entries.filter(({ exact }) => exact !== true);
  return {
    "routes.map": firstByKey(prefixes.map((entry) => [toFolder(entry.path), value(entry)])),
    "exact.map": firstByKey([
      ...entries
        .filter(({ exact }) => exact === true)
        .map((entry): Line => [entry.path, value(entry)]),
      ...planOpenFolders(entries, value),
    ]),
    "internal.map": services.map(({ service, pool }) => `${service} ${pool}|${service}|1`),
  };
}

function planOtherLines(facts: GatewayFacts, bodyBytes: number) {
  const instances = listServices(facts).flatMap(({ pool, slots }) =>
    slotNames.flatMap((name) => {
      const slot = slots[name];
      return slot === null ? [] : [`${pool}/${name} ${slot.instance}`];
    }),
  );
  return {
    "instances.map": instances,
    "pages.map": planPages(facts, bodyBytes),
    "switches.map": [
      `maintenance ${facts.maintenance === null ? "off" : "on"}`,
      `pass ${facts.pass}`,
    ],
    "announced.map": facts.announced === null ? [] : [`document ${facts.announced}`],
  };
}

type Line = readonly [key: string, value: string];

/**
 * HAProxy looks up the path with a slash behind it, so that `/api/core` is found for itself and what lies below, but not
 * for `/api/corest`. A route that ends with a slash must not match without it: the exact table says what does.
 */
function planOpenFolders(entries: readonly RouteEntry[], value: (entry: RouteEntry) => string) {
  return entries
    .filter(({ path, exact }) => exact !== true && path !== "/" && path.endsWith("/"))
    .map(({ path }): Line => {
      const bare = path.slice(0, -1);
      const match = matchRoute(entries, bare);
      const entry = entries.find(
        (candidate) =>
          candidate.service === match?.service &&
          matchRoute([candidate], bare)?.target === match.target,
      );
      return [bare, entry === undefined ? `${nowhere}||0` : value(entry)];
    });
}

function planPages({ maintenance }: GatewayFacts, bodyBytes: number): string[] {
  const messages: [string, number, string][] = Object.entries({
    ...refusalMessages,
    413: `The request is larger than ${bodyBytes} bytes.`,
  }).map(([status, message]) => [status, Number(status), message]);
  if (maintenance !== null) messages.push(["maintenance", 503, maintenance.message]);
  return messages.flatMap(([key, status, message]) => [
    `${key}-json ${formatEnvelope(message)}`,
    `${key}-page ${toOneLine(formatPage(status, message))}`,
  ]);
}

function firstByKey(lines: readonly Line[]): string[] {
  const byKey = new Map(lines.toReversed());
  return [...byKey].toReversed().map(([key, value]) => `${key} ${value}`);
}

function toFolder(path: string): string {
  return path.endsWith("/") ? path : `${path}/`;
}

function toOneLine(text: string): string {
  return text.replaceAll(/\s+/g, " ").trim();
}
