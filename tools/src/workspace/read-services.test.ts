import { expect, test } from "vitest";

import { createTestFolder, writeFiles } from "../../test/fixtures/test-folder.ts";
import { planSchemaRange } from "./read-schema-range.ts";
import { readServices } from "./read-services.ts";

const service = {
  port: 8084,
  routes: [],
  health: { liveness: "/healthcheck", readiness: "/readiness" },
  needs: { services: [] },
  secrets: [],
  resources: { memoryMb: 64 },
  drainSeconds: 1,
};
const manifest = { name: "@x/a", version: "1.0.0", description: "A.", service };

test("reads services by name and passes over other folders", async () => {
  const workspace = await createTestFolder("services-");
  await writeFiles(workspace, {
    "services/b/package.json": JSON.stringify({ ...manifest, name: "@x/b" }),
    "services/a/package.json": JSON.stringify(manifest),
    "services/a/migrations/0001_start.sql": "-- kind: expand\n",
    "services/a/migrations/0002_more.sql": "-- kind: contract\nDROP TABLE x;\n",
    "services/notes/package.json": JSON.stringify({ name: "@x/notes" }),
    "services/empty/README.md": "",
  });

  const services = await readServices(workspace);

  expect(services.map(({ name, schema }) => [name, schema])).toEqual([
    ["a", { min: 2, max: 2 }],
    ["b", null],
  ]);
});

test("lists every fault of every service at once", async () => {
  const workspace = await createTestFolder("services-");
  await writeFiles(workspace, {
    "services/a/package.json": JSON.stringify({
      ...manifest,
      service: { ...service, port: 0, colour: 1 },
    }),
    "services/b/package.json": JSON.stringify({
      ...manifest,
      version: "one",
      service: { ...service, needs: { services: ["c"] } },
    }),
    "services/c/package.json": JSON.stringify({
      ...manifest,
      service: { ...service, needs: { services: ["c", "nobody"] } },
    }),
    "services/c/migrations/first.sql": "",
    "services/c/migrations/0001_start.sql": "CREATE TABLE x;",
    "services/d/package.json": "{ not JSON",
  });

  const error: unknown = await readServices(workspace).catch((cause: unknown) => cause);

  expect(error).toMatchObject({ code: "CONFIG_INVALID" });
  expect(error).toHaveProperty("details", expect.anything());
  expect(Reflect.get(Object(error), "details")).toMatchInlineSnapshot(`
    [
      "services/a/package.json /service/colour is not a known field; found 1",
      "services/a/package.json /service/port must be >= 1; found 0",
      "services/b/package.json /version must match pattern "^\\d+\\.\\d+\\.\\d+(-[\\w.-]+)?$"; found "one"",
      "services/c/migrations/0001_start.sql (line 1) must be "-- kind: expand" or "-- kind: contract"; found "CREATE TABLE x;"",
      "services/c/migrations/first.sql (name) must have a name like 0001_add_users.sql; found "first.sql"",
      "services/d/package.json / must be object; found "{ not JSON"",
      "services/c/package.json /service/needs/services must be another service (a, b, d); found "c"",
      "services/c/package.json /service/needs/services must be another service (a, b, d); found "nobody"",
    ]
  `);
});

test("services may need each other", async () => {
  const workspace = await createTestFolder("services-");
  await writeFiles(workspace, {
    "services/a/package.json": formatNeeding("b"),
    "services/b/package.json": formatNeeding("a"),
  });

  await expect(readServices(workspace)).resolves.toHaveLength(2);
});

test.each([
  [[], null],
  [[[1, false]], { min: 0, max: 1 }],
  [
    [
      [1, false],
      [2, true],
      [3, false],
    ],
    { min: 2, max: 3 },
  ],
] as const)("migrations %j run on schemas %j", (migrations, range) => {
  const facts = migrations.map(([number, isContract]) => ({ number, isContract }));

  expect(planSchemaRange(facts)).toEqual(range);
});

function formatNeeding(name: string): string {
  return JSON.stringify({ ...manifest, service: { ...service, needs: { services: [name] } } });
}
