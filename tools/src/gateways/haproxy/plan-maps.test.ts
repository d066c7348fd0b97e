import { assert, constantFrom, property, record, uniqueArray, array, boolean } from "fast-check";
import { expect, test } from "vitest";

import { matchRoute, planRoutes } from "../edge-routes.ts";
import { ensureService, shiftService } from "./change-facts.ts";
import { createFacts, type GatewayFacts } from "./gateway-facts.ts";
import { formatMap, type MapName, planMaps, planRelayedMaps } from "./plan-maps.ts";

const facts = shiftService(
  ensureService(
    ensureService(createFacts("pass"), "core", [{ path: "/api/core", strip: true }]),
    "frontend",
    [{ path: "/" }, { path: "/robots.txt", exact: true }, { path: "/files/" }],
  ),
  "core",
  { instance: "core-1", address: "10.0.0.7:8084" },
);

test("writes the tables of two services", () => {
  expect(linesOf(facts, "routes.map")).toEqual([
    "/api/core/ pool00|core|2",
    "/files/ pool01|frontend|0",
    "/ pool01|frontend|0",
  ]);
  expect(linesOf(facts, "exact.map")).toEqual([
    "/robots.txt pool01|frontend|0",
    "/files pool01|frontend|0",
  ]);
  expect(linesOf(facts, "internal.map")).toEqual([
    "core pool00|core|1",
    "frontend pool01|frontend|1",
  ]);
  expect(linesOf(facts, "instances.map")).toEqual(["pool00/a core-1"]);
});

test("a worker that was left behind hands every route on", () => {
  const maps = planRelayedMaps(planMaps(facts, 1000));

  expect(maps[0]?.lines).toEqual([
    "/api/core/ relay|core|2",
    "/files/ relay|frontend|0",
    "/ relay|frontend|0",
  ]);
});

test("keeps each page on one line, or a table would break", () => {
  const closed = { ...facts, maintenance: { message: "Back\nat noon" } };

  const text = formatMap({ name: "pages.map", lines: linesOf(closed, "pages.map") });

  expect(text.trimEnd().split("\n")).toHaveLength(2 * 8);
  expect(text).toContain('maintenance-json {"success":false,"message":"Back\\nat noon"}');
});

const segment = constantFrom("a", "b", "ab", "");
const path = array(segment, { minLength: 0, maxLength: 3 }).map((parts) => `/${parts.join("/")}`);
const route = record({ path, exact: boolean(), strip: boolean() });
const services = uniqueArray(
  record({ name: constantFrom("one", "two", "three"), routes: array(route, { maxLength: 3 }) }),
  { selector: ({ name }) => name },
);

test("the tables lead every path where the routes lead it", () => {
  assert(
    property(services, path, (declared, asked) => {
      const declaredFacts = declared.reduce(
        (before, { name, routes }) => ensureService(before, name, routes),
        createFacts("pass"),
      );
      const entries = planRoutes(new Map(declared.map(({ name, routes }) => [name, routes])));

      expect(lookUp(declaredFacts, asked)).toEqual(matchRoute(entries, asked));
    }),
    { numRuns: 2000 },
  );
});

/** As the configuration does it: the exact table first, else the longest prefix of the path with a slash behind it. */
function lookUp(given: GatewayFacts, asked: string) {
  const prefixes = readTable(given, "routes.map").toSorted(([a], [b]) => b.length - a.length);
  const exact = readTable(given, "exact.map").find(([key]) => key === asked);
  const found = exact ?? prefixes.find(([key]) => `${asked}/`.startsWith(key));
  const [pool, service = "", depth = "0"] = found?.[1].split("|") ?? ["nowhere"];
  const segments = "/[^/]*".repeat(Number(depth));
  const target = depth === "0" ? asked : asked.replace(new RegExp(`^${segments}/?`), "/");
  return pool === "nowhere" ? null : { service, target };
}

function readTable(given: GatewayFacts, name: MapName): [string, string][] {
  return linesOf(given, name).map((line) => {
    const [key = "", value = ""] = line.split(" ");
    return [key, value];
  });
}

function linesOf(given: GatewayFacts, name: MapName): readonly string[] {
  return planMaps(given, 1000).find((map) => map.name === name)?.lines ?? [];
}
