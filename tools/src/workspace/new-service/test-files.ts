import type { NewService } from "./new-service.ts";

export function planTestFiles(service: NewService): Record<string, string> {
  return {
    "test/start-service.ts": formatHelper(service),
    "test/notes.test.ts": notesTest,
  };
}

/** Nothing in it is called after the service: a name may be any word, `promise` too. */
function formatHelper(service: NewService): string {
  return [helperImports, formatSessions(service), helperFunctions].join("\n");
}

const helperImports = `import { createCoreClient } from "@myaegee/contracts";
import { createDatabase, migrate } from "@myaegee/database";
import type { App } from "@myaegee/service-kit";
import {
  buildServiceSession,
  buildSession,
  createTestDatabase,
  startFakeCore,
  type FakeCore,
} from "@myaegee/testing";

import { about, buildApp } from "../src/app.ts";
import type { Tables } from "../src/tables.ts";

const migrationsFolder = \`\${import.meta.dirname}/../migrations\`;

export interface RunningService {
  app: App;
  core: FakeCore;
  stop(): Promise<void>;
}
`;

function formatSessions({ name }: NewService): string {
  return `const sessions = {
  member: buildSession(),
  manager: buildSession({
    user: { id: 10, username: "manager" },
    global: ["manage:${name}"],
  }),
  events: buildServiceSession("events"),
};
`;
}

const helperFunctions = `/** The service with a database of its own and a core at the wire. */
export async function startService(): Promise<RunningService> {
  const { url } = await createTestDatabase({
    migrate: async (template) => void (await migrate({ url: template, folder: migrationsFolder })),
  });
  const db = createDatabase<Tables>({ url });
  const core = await startFakeCore({ sessions });
  const app = await buildApp({
    db,
    core: createCoreClient({ url: core.url, service: about.name, token: "t" }),
    migrationsFolder,
    checksResponses: true,
  });
  return {
    app,
    core,
    async stop() {
      await app.close();
      await Promise.all([core.stop(), db.destroy()]);
    },
  };
}

export interface Call {
  method?: "GET" | "POST" | "PUT" | "DELETE";
  token?: string;
  payload?: object;
}

export async function call(
  { app }: RunningService,
  url: string,
  { method = "GET", token = "member", payload }: Call = {},
) {
  const answer = await app.inject({
    method,
    url,
    headers: token === "" ? {} : { "x-auth-token": token },
    ...(payload === undefined ? {} : { payload }),
  });
  return { status: answer.statusCode, body: answer.json() };
}
`;

const notesTest = `import { afterAll, beforeAll, expect, test } from "vitest";

import { call, startService, type RunningService } from "./start-service.ts";

let service: RunningService;

beforeAll(async () => {
  service = await startService();
});

afterAll(() => service.stop());

function addNote(payload: object, token = "manager") {
  return call(service, "/notes", { method: "POST", token, payload });
}

test("adds notes and lists them, newest first, a page at a time", async () => {
  const first = await addNote({ text: "Bring a towel." });
  const second = await addNote({ text: "Bring a map." });

  const list = await call(service, "/notes?limit=2");
  const page = await call(service, "/notes?limit=1&offset=1");

  expect(first).toMatchObject({ status: 200, body: { data: { author_id: 10 } } });
  expect(list.body.data).toEqual([second.body.data, first.body.data]);
  expect(page.body).toMatchObject({
    data: [{ text: "Bring a towel." }],
    meta: { count: 2, limit: 1, offset: 1 },
  });
});

test.each([
  [{}, "text"],
  [{ text: "" }, "text"],
  [{ text: "  " }, "text"],
  [{ text: 1 }, "text"],
])("refuses %j", async (fault, field) => {
  const answer = await addNote(fault);

  expect(answer.status).toBe(422);
  expect(answer.body.errors).toHaveProperty(field);
});

test("assigns no field that is not the caller's to set", async () => {
  const answer = await addNote({ text: "Mine.", id: 999_999, author_id: 1 });

  expect(answer.body.data.id).not.toBe(999_999);
  expect(answer.body.data.author_id).toBe(10);
});

test.each(["GET", "POST"] as const)(
  "answers %s /notes with 401 to strangers and 403 to services",
  async (method) => {
    expect(await call(service, "/notes", { method, token: "" })).toMatchObject({ status: 401 });
    expect(await call(service, "/notes", { method, token: "x" })).toMatchObject({ status: 401 });
    expect(await call(service, "/notes", { method, token: "events" })).toMatchObject({
      status: 403,
    });
  },
);

test("lets nobody add notes without the permission", async () => {
  expect(await addNote({ text: "Hello." }, "member")).toMatchObject({ status: 403 });
});

test("is not ready while core is away, and says so", async () => {
  service.core.breakDown();
  const health = await call(service, "/healthcheck", { token: "" });
  const readiness = await call(service, "/readiness", { token: "" });
  service.core.repair();

  expect(health.status).toBe(200);
  expect(readiness).toMatchObject({ status: 503, body: { message: "Not ready: core." } });
});
`;
