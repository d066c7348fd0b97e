import { readFuzzSettings, runFuzz } from "@myaegee/testing";
import { assert, asyncProperty, constantFrom, jsonValue, oneof, record } from "fast-check";
import { beforeEach, expect, test } from "vitest";

import { emptyDatabase } from "./empty-database.ts";
import { fillDatabase, knownRoutes } from "./routes.ts";
import { startStatutory } from "./start-statutory.ts";

const statutory = await startStatutory();
const { send } = statutory;
const REQUESTS_PER_ROUTE = 10;

const ids = ["1", "0", "-1", "2147483648", "99999999999999999999", "1e3", "NaN", "me", "latest"];
const oddIds = ["%00", "%ED%A0%80", "..%2F..%2Fetc%2Fpasswd", "'", "%F0%9F%8E%89", "1%20or%201=1"];
const queries = [
  "",
  "?limit=1",
  "?limit=x",
  "?offset=1e9",
  "?query=%00",
  "?query=%25",
  "?sort=id&sort=id",
];
const oddValues = [
  "\u0000",
  "\ud800",
  "",
  "x".repeat(3000),
  "2027-02-30T00:00:00Z",
  "9999999999",
  "=1+1",
];
const value = oneof(
  jsonValue(),
  constantFrom<unknown>(...oddValues, -1, 1e308, 2 ** 53, null, [], {}),
);

/** Without those that would take away what all others are tried on. */
const lasting = knownRoutes.filter(
  ({ route }) => !route.startsWith("DELETE") && route !== "PUT /events/1/status",
);

const input = record({
  known: constantFrom(...lasting, { route: "GET /events/1" }, { route: "GET /" }),
  as: constantFrom("admin", "member", "board", "chair", "stranger"),
  id: oneof({ weight: 3, arbitrary: constantFrom("keep") }, constantFrom(...ids, ...oddIds)),
  query: oneof({ weight: 2, arbitrary: constantFrom("") }, constantFrom(...queries)),
  field: constantFrom("keep", "whole", "first", "second", "last", "added"),
  value,
  type: oneof(
    { weight: 9, arbitrary: constantFrom("application/json") },
    constantFrom("text/plain", "text/csv"),
  ),
});

beforeEach(async () => {
  await fillDatabase(statutory);
});

test("answers whatever comes without a 5xx and within its schemas", async () => {
  const report = await runFuzz({
    app: statutory.app,
    callers: [
      ...["admin", "chair", "jc", "board", "member"].map((name) => ({ "x-auth-token": name })),
      {},
    ],
    requestsPerRoute: REQUESTS_PER_ROUTE,
    refill: async () => {
      await emptyDatabase(statutory.db);
      await fillDatabase(statutory);
    },
  });

  expect(report.faults).toEqual([]);
  expect(report.routes).toBeGreaterThan(50);
  expect(report.statuses).toMatchObject({ 200: expect.any(Number), 422: expect.any(Number) });
}, 3_600_000);

test("a good request with one odd value makes no error of ours and no undeclared answer", async () => {
  const { requestsPerRoute, seed } = readFuzzSettings(REQUESTS_PER_ROUTE);
  await assert(
    asyncProperty(input, async ({ known, as, id, query, field, value: odd, type }) => {
      const body = "body" in known ? replaceField(known.body, field, odd) : undefined;
      const answer = await send(`${replaceId(known.route, id)}${query}`, {
        as,
        headers: { "content-type": type },
        ...(body === undefined ? {} : { body }),
      });

      // The message of a failure is the answer that should not have been.
      expect(answer.statusCode < 500 ? "" : answer.body).toBe("");
    }),
    { seed, numRuns: requestsPerRoute * knownRoutes.length },
  );
}, 3_600_000);

test.each([
  ["deeply nested", `${"[".repeat(500)}${"]".repeat(500)}`, 400],
  ["oversized", JSON.stringify({ name: "x".repeat(3_000_000) }), 413],
  ["broken", '{"name": "x"', 400],
  ["empty", "", 400],
  ["poisoned", '{"__proto__": {"admin": true}}', 400],
])("a body that is %s is refused", async (_, body, status) => {
  expect((await send("POST /", { as: "chair", body })).statusCode).toBe(status);
});

function replaceId(route: string, id: string): string {
  return id === "keep" ? route : route.replaceAll(/\/1(?=\/|$)/g, `/${id}`);
}

function replaceField(body: unknown, field: string, odd: unknown): unknown {
  if (field === "whole" || typeof body !== "object" || body === null || Array.isArray(body)) {
    return field === "keep" ? body : odd;
  }
  const names = Object.keys(body);
  const index = { first: 0, second: 1, last: names.length - 1 }[field];
  const name = index === undefined ? "added" : (names[index] ?? "added");
  return field === "keep" ? body : { ...body, [name]: odd };
}
