import { expect, test } from "vitest";

import { matchInternal, matchRoute, parseTarget, planRoutes } from "./edge-routes.ts";

const entries = planRoutes(
  new Map([
    ["frontend", [{ path: "/" }]],
    ["core", [{ path: "/api/core", strip: true }]],
    [
      "events",
      [
        { path: "/api/events", strip: true },
        { path: "/media", strip: "/media" },
      ],
    ],
    ["status", [{ path: "/api", exact: true }]],
  ]),
);

test.for([
  ["/", "frontend", "/"],
  ["/events/7?tab=2", "frontend", "/events/7?tab=2"],
  ["/api/core", "core", "/"],
  ["/api/core/", "core", "/"],
  ["/api/core?x=/api/events", "core", "/?x=/api/events"],
  ["/api/core/session", "core", "/session"],
  ["/api/corest", "frontend", "/api/corest"],
  ["/api", "status", "/api"],
  ["/api/", "frontend", "/api/"],
  ["/media/a/b.png", "events", "/a/b.png"],
  ["/api/core/../events", "core", "/../events"],
])("sends %s to %s as %s", ([target = "", service = "", seen = ""]) => {
  expect(matchRoute(entries, target)).toEqual({ service, target: seen });
});

test("finds no service where no path matches", () => {
  expect(
    matchRoute(planRoutes(new Map([["core", [{ path: "/api/core" }]]])), "/api/other"),
  ).toBeNull();
});

test.for([
  ["/core", "/"],
  ["/core/session", "/session"],
  ["/core?a=b", "/?a=b"],
])("reads the service from the internal path %s", ([target = "", seen = ""]) => {
  expect(matchInternal(target)).toEqual({ service: "core", target: seen });
});

test.for(["/", "/../core", "//core", "/CORE/x"])("reads no service from %s", (target) => {
  expect(matchInternal(target)).toBeNull();
});

test.for([
  ["/a?b", "/a?b"],
  ["http://other.example/a?b", "/a?b"],
  ["http://other.example", "/"],
  ["http://other.example?b", "/?b"],
  ["*", null],
])("takes the path from the request target %s", ([url, path]) => {
  expect(parseTarget(url ?? "")).toBe(path);
});
