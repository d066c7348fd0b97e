import { readdir, readFile } from "node:fs/promises";
import path from "node:path";

import ts from "typescript";
import { beforeAll, expect, test } from "vitest";

import {
  fetchDocuments,
  type ApiDocument,
  type ApiOperation,
} from "../../endpoints/fetch-endpoints.ts";
import { readServices } from "../../src/workspace/read-services.ts";
import { findClientCalls, type ClientCall } from "./find-client-calls.ts";
import { findContractFaults } from "./find-contract-faults.ts";
import { findRouteFaults } from "./find-route-faults.ts";
import { recordServiceCalls } from "./record-service-calls.ts";

const root = path.resolve(import.meta.dirname, "../../..");
const web = path.join(root, "services/frontend/src/web");

let documents: Record<string, ApiDocument>;
let calls: ClientCall[];
beforeAll(async () => {
  documents = await fetchDocuments();
  calls = await readCalls();
}, 60_000);

/** All code of the pages but the client itself. */
async function readCalls(): Promise<ClientCall[]> {
  const names = await readdir(web, { recursive: true });
  const files = names.filter(
    (name) => /(?<!\.test)\.(?:ts|vue)$/u.test(name) && name !== "api/client.ts",
  );
  const lists = await Promise.all(
    files.toSorted().map(async (name) => {
      const file = path.relative(root, path.join(web, name));
      return findClientCalls(file, readScript(await readFile(path.join(web, name), "utf8")));
    }),
  );
  return lists.flat();
}

function readScript(text: string): string {
  return /<script[^>]*>([^]*)<\/script>/u.exec(text)?.[1] ?? text;
}

test("every call of the pages is served, with the query parameters it sends", () => {
  expect(findContractFaults(calls, documents)).toEqual([]);
});

test("the calls to all services were found", () => {
  const services = new Set(calls.map((call) => call.path.split("/")[0]));

  expect(services).toEqual(new Set(["core", "discounts", "events", "statutory"]));
  expect(calls.length).toBeGreaterThan(80);
});

test("every call of the pages goes where a route of that service begins", async () => {
  const manifests = (await readServices(root)).map(({ name, needs }) => ({
    name,
    routes: needs.routes,
  }));

  expect(findRouteFaults(calls, manifests)).toEqual([]);
  expect(findRouteFaults(calls.slice(0, 1), [])).toHaveLength(1);
});

test.each([
  { service: "events", file: "events.ts", names: "EVENT_TYPE_NAMES" },
  { service: "statutory", file: "statutory.ts", names: "STATUTORY_TYPE_NAMES" },
])("the types that the pages offer are those that $service takes", async (each) => {
  const offered = await readNames(path.join(web, "api", each.file), each.names);

  expect(offered).toEqual(readTypes(documents[each.service]));
});

test("permissions of the seed name types that events and statutory know", async () => {
  const seed = await readFile(path.join(root, "services/core/src/seed/permissions.ts"), "utf8");
  const known = new Set([...readTypes(documents["events"]), ...readTypes(documents["statutory"])]);

  const named = [...seed.matchAll(/(?:approve|manage)_event:(\w+)/gu)].map((match) => match[1]);

  expect(named.filter((type) => type === undefined || !known.has(type))).toEqual([]);
  expect(named.length).toBeGreaterThan(1);
});

function readTypes(document: ApiDocument | undefined): string[] {
  const creation = document?.paths["/"]?.["post"];
  return readProperties(creation)["type"]?.enum ?? [];
}

function readProperties(operation: ApiOperation | undefined): Record<string, { enum?: string[] }> {
  return operation?.requestBody?.content?.["application/json"]?.schema?.properties ?? {};
}

/** Keys of an object that a page's module exports; read from its text, since the module needs a browser. */
async function readNames(file: string, name: string): Promise<string[]> {
  const source = ts.createSourceFile(file, await readFile(file, "utf8"), ts.ScriptTarget.Latest);
  const found = source.statements
    .filter(ts.isVariableStatement)
    .flatMap(({ declarationList }) => declarationList.declarations.slice())
    .find((declaration) => ts.isIdentifier(declaration.name) && declaration.name.text === name);
  const value = found?.initializer;
  const object = value !== undefined && ts.isAsExpression(value) ? value.expression : value;
  return object !== undefined && ts.isObjectLiteralExpression(object)
    ? object.properties.flatMap((property) =>
        property.name !== undefined && ts.isIdentifier(property.name) ? [property.name.text] : [],
      )
    : [];
}

test("an endpoint that a service drops is named with the line that calls it", () => {
  const { ["/bodies"]: _dropped, ...paths } = documents["core"]?.paths ?? {};

  const faults = findContractFaults(calls, { ...documents, core: { paths } });

  expect(faults).toContainEqual(
    expect.stringMatching(
      /^services\/frontend\/src\/web\/api\/core\.ts:\d+: core does not serve GET \/bodies$/u,
    ),
  );
});

test("every call of the clients that services share is served, with the query parameters it sends", async () => {
  const recorded = await recordServiceCalls();

  expect(findContractFaults(recorded, documents)).toEqual([]);
});

test("an endpoint that core drops is named with the method of the client that asks for it", async () => {
  const { ["/members_email"]: _dropped, ...paths } = documents["core"]?.paths ?? {};

  const faults = findContractFaults(await recordServiceCalls(), { ...documents, core: { paths } });

  expect(faults).toEqual([
    "libs/contracts/src/core-client.ts: fetchMemberMails: core does not serve GET /members_email",
  ]);
});

const api: ApiDocument = {
  paths: {
    "/events": { get: { parameters: [{ name: "limit", in: "query" }] }, post: {} },
    "/events/{id}": { get: {}, put: {} },
    "/events/{id}/status": { put: {} },
  },
};

test.each([
  { code: 'fetchData("events/events")', faults: [] },
  { code: "fetchData(`events/events/${encodeURIComponent(id)}`)", faults: [] },
  { code: 'fetchData("events/events/agora")', faults: [] },
  { code: 'callApi<Event>(`events/events/${id}`, { method: "PUT", body })', faults: [] },
  {
    code: "fetchData(`events/events/${id}/state`)",
    faults: ["page.ts:1: events does not serve GET /events/{}/state"],
  },
  {
    code: 'fetchData(`events/events/${id}`, { method: "DELETE" })',
    faults: ["page.ts:1: events does not serve DELETE /events/{}"],
  },
  { code: "fetchData(`events/events/${id}/${flag}`, { method: 'PUT' })", faults: [] },
  {
    code: "fetchData(`events/events/${id}/${flag}`)",
    faults: ["page.ts:1: events does not serve GET /events/{}/{}"],
  },
  {
    code: "const f = (id: number, part: 'status' | 'state') => fetchData(`events/events/${id}/${part}`, { method: 'PUT' });",
    faults: ["page.ts:1: events does not serve PUT /events/{}/state"],
  },
  { code: "fetchData(path)", faults: ["page.ts:1: {} names no service"] },
  { code: 'fetchData("polls/all")', faults: ["page.ts:1: polls/all names no service"] },
  {
    code: 'fetchData("events/events", { query: { limit: 1, page: 2 } })',
    faults: ["page.ts:1: GET /events of events knows no page"],
  },
  {
    code: 'fetchAll("events/events")',
    faults: ["page.ts:1: GET /events of events knows no offset"],
  },
  {
    code: 'const at = (id, part) => `events/events/${id}${part === undefined ? "" : `/${part}`}`;\nfetchData(at(1)); fetchData(at(1, "status"));',
    faults: ["page.ts:2: events does not serve GET /events/{}/status"],
  },
  {
    code: 'fetchData(isNew ? "events/events" : `events/gone/${id}`)',
    faults: ["page.ts:1: events does not serve GET /gone/{}"],
  },
])("judges $code", ({ code, faults }) => {
  expect(findContractFaults(findClientCalls("page.ts", code), { events: api })).toEqual(faults);
});
