import { Check } from "typebox/value";
import { expect, test } from "vitest";

import { requireDescription, requireServiceName } from "./new-service/require-service-name.ts";
import { planNewService } from "./plan-new-service.ts";
import { ServicePackage } from "./service-manifest.ts";

const versions = { fastify: "5.0.0", kysely: "0.1.0" };
const files = planNewService({ name: "polls", description: "What members think.", versions });
const manifest = JSON.parse(files["package.json"] ?? "");

test("plans a whole service: facts, code, one feature, a migration and tests", () => {
  expect(Object.keys(files).toSorted()).toEqual([
    "README.md",
    "migrations/0001_notes.sql",
    "package.json",
    "src/app.ts",
    "src/config.ts",
    "src/deps.ts",
    "src/main.ts",
    "src/notes/notes.repository.ts",
    "src/notes/notes.routes.ts",
    "src/notes/notes.schema.ts",
    "src/service.ts",
    "src/tables.ts",
    "test/notes.test.ts",
    "test/start-service.ts",
    "tsconfig.json",
    "vitest.config.ts",
  ]);
});

test("plans facts that Slipway accepts, with a route of its own", () => {
  expect(Check(ServicePackage, manifest)).toBe(true);
  expect(manifest).toMatchObject({
    name: "@myaegee/polls",
    description: "What members think.",
    nx: { name: "polls" },
    service: { routes: [{ path: "/api/polls", strip: true }] },
  });
});

test("names packages in the workspace's versions, sorted as npm sorts them", () => {
  expect(Object.entries(manifest.dependencies)).toEqual([
    ["@myaegee/auth", "*"],
    ["@myaegee/contracts", "*"],
    ["@myaegee/database", "*"],
    ["@myaegee/service-kit", "*"],
    ["fastify", "5.0.0"],
    ["kysely", "0.1.0"],
  ]);
});

test("asks for the service's own permission, in code and in tests", () => {
  expect(files["src/notes/notes.routes.ts"]).toContain('"manage:polls"');
  expect(files["test/start-service.ts"]).toContain('"manage:polls"');
});

test("keeps every file below 100 lines, and ends it with one newline", () => {
  const contents = Object.values(files);

  expect(Math.max(...contents.map((content) => content.split("\n").length))).toBeLessThan(100);
  expect(contents.filter((content) => !/[^\n]\n$/.test(content))).toEqual([]);
});

test.each(["polls", "room-sharing", "a", "x2", "delete", "promise", "a".repeat(32)])(
  "accepts the name %s",
  (name) => {
    expect(requireServiceName(name)).toBe(name);
  },
);

test.each([
  ["@myaegee/polls", "npm scope"],
  ["", "small letters"],
  ["Polls", "small letters"],
  ["2polls", "small letters"],
  ["room_sharing", "small letters"],
  ["room--sharing", "small letters"],
  ["polls-", "small letters"],
  ["../polls", "small letters"],
  ["/etc/polls", "small letters"],
  [".hidden", "small letters"],
  ["po lls", "small letters"],
  ["polls\n", "small letters"],
  ["polls;rm", "small letters"],
  ["$(id)", "small letters"],
  ["pölls", "small letters"],
  ["__proto__", "small letters"],
  ["a".repeat(33), "more than 32"],
  ["tools", "reserved"],
  ["api", "reserved"],
  ["public", "reserved"],
  ["constructor", "reserved"],
  ["con", "reserved"],
  ["pg-stat", "reserved"],
])("refuses the name %j", (name, reason) => {
  expect(() => requireServiceName(name)).toThrow(reason);
});

test.each(["What members think.", "Rooms (and beds) - 2 a night", "Über uns"])(
  "accepts the description %s",
  (description) => {
    expect(requireDescription(description)).toBe(description);
  },
);

test.each(["", 'a "quote"', "back\\slash", "two\nlines", "`id`", "${x}", "<b>", "x".repeat(81)])(
  "refuses the description %j",
  (description) => {
    expect(() => requireDescription(description)).toThrow("one line of at most 80");
  },
);
