import { expect, test } from "vitest";

import { buildSet } from "../../test/fakes/build-release.ts";
import { createFakeEnvironment } from "../../test/fakes/fake-environment.ts";
import { applyPlan } from "./apply-plan.ts";
import { foldLedger } from "./fold-ledger.ts";

const before = buildSet({ core: { database: true }, events: { needs: ["core"] } });
const after = buildSet({
  core: { database: true, image: "2" },
  events: { needs: ["core"], image: "2" },
});
const oneChanged = buildSet({ core: { database: true }, events: { needs: ["core"], image: "2" } });

test("starts, checks and shifts in the order of needs, and lets go of the old last", async () => {
  const environment = createFakeEnvironment();
  await environment.deploy(before);
  environment.calls.length = 0;

  await environment.deploy(after);

  expect(environment.calls).toEqual([
    "prepare core 2",
    "prepare events 2",
    "database core",
    "migrate core",
    "start core-22222222-2",
    "keep core-22222222-2",
    "shift core to core-22222222-2",
    "start events-22222222-2",
    "keep events-22222222-2",
    "shift events to events-22222222-2",
    "announce",
    "retire core-11111111-1",
    "stop core-11111111-1",
    "retire events-11111111-1",
    "stop events-11111111-1",
  ]);
});

test("has nothing left to do after a deployment", async () => {
  const environment = createFakeEnvironment();
  await environment.deploy(before);

  const second = await environment.plan(before);

  expect(second.steps).toEqual([]);
});

test("touches only what has changed", async () => {
  const environment = createFakeEnvironment();
  await environment.deploy(before);
  environment.calls.length = 0;

  await environment.deploy(oneChanged);

  expect(environment.calls.filter((call) => call.includes("core"))).toEqual([]);
  expect(environment.traffic()).toEqual({ core: "1", events: "2" });
});

test("gives an instance its identity, its neighbours and its secrets by name", async () => {
  const environment = createFakeEnvironment();

  await environment.deploy(before);

  expect(environment.specs.get("events-11111111-1")).toMatchObject({
    env: {
      CORE_URL: "http://127.0.0.1:8081/core",
      PUBLIC_URL: "http://localhost:8080",
      ENVIRONMENT: "local",
      INSTANCE: "events-11111111-1",
      IMAGE_DIGEST: `sha256:${"1".repeat(64)}`,
      RELEASE_SET: before.id,
      TEST_DATA: "true",
    },
  });
  expect(environment.specs.get("core-11111111-1")?.secrets).toEqual(["DATABASE_URL"]);
});

test("keeps the old version serving when the new one never becomes ready", async () => {
  const environment = createFakeEnvironment({ unready: ["events@2"] });
  await environment.deploy(before);

  await expect(environment.deploy(oneChanged)).rejects.toMatchObject({
    code: "READINESS_TIMEOUT",
    exitCode: 14,
    message: "events@1.0.0 did not become ready within 20 s.",
    details: [
      'GET /readiness: 503 {"success":false,"message":"database"}',
      "| listening",
      "| Error: no database",
    ],
    hint: "Nothing changed for users: the versions before keep serving. Read its log: npx nx run tools:logs --env=local",
  });

  expect(environment.traffic()).toEqual({ core: "1", events: "1" });
  expect([...environment.instances.keys()]).toEqual(["core-11111111-1", "events-11111111-1"]);
});

test("notices at once when the new version ends at start", async () => {
  const environment = createFakeEnvironment({ exits: ["events@2"] });
  await environment.deploy(before);

  await expect(environment.deploy(oneChanged)).rejects.toMatchObject({
    code: "INSTANCE_EXITED",
    exitCode: 14,
    message: "events@1.0.0 ended by itself with exit code 1.",
  });

  expect(environment.traffic()).toEqual({ core: "1", events: "1" });
});

test("refuses an instance that is another version than planned", async () => {
  const environment = createFakeEnvironment({ lies: ["events@2"] });
  await environment.deploy(before);

  await expect(environment.deploy(oneChanged)).rejects.toMatchObject({
    code: "IDENTITY_WRONG",
    exitCode: 14,
  });
});

test("stops before any traffic moves when a migration fails", async () => {
  const environment = createFakeEnvironment({ migrationFails: ["core@2"] });
  await environment.deploy(before);

  await expect(environment.deploy(after)).rejects.toMatchObject({
    code: "MIGRATION_FAILED",
    exitCode: 14,
    message: "migrate of core@1.0.0 ended with exit code 1.",
    details: ["| relation is missing"],
  });

  expect(environment.calls).not.toContain("start core-22222222-2");
});

test("brings back every service of the run when one fails after the shift", async () => {
  const environment = createFakeEnvironment({ frontDoorBroken: ["events@2"] });
  await environment.deploy(before);
  environment.calls.length = 0;

  await expect(environment.deploy(after)).rejects.toMatchObject({
    code: "FRONT_DOOR_WRONG",
    exitCode: 10,
    hint: "Traffic is back on the versions before. Read its log: npx nx run tools:logs --env=local",
  });

  expect(environment.traffic()).toEqual({ core: "1", events: "1" });
  expect(environment.calls.slice(-8)).toEqual([
    "keep events-11111111-1",
    "shift events to events-11111111-1",
    "keep core-11111111-1",
    "shift core to core-11111111-1",
    "retire events-22222222-2",
    "stop events-22222222-2",
    "retire core-22222222-2",
    "stop core-22222222-2",
  ]);
});

test("says so when going back fails too", async () => {
  const environment = createFakeEnvironment({ frontDoorBroken: ["events@2"] });
  await environment.deploy(before);
  environment.faults.shiftRefused.push("events@1");

  await expect(environment.deploy(after)).rejects.toMatchObject({
    code: "RETURN_FAILED",
    exitCode: 15,
  });
});

test("leaves nothing behind when the first deployment fails", async () => {
  const environment = createFakeEnvironment({ unready: ["events@1"] });

  await expect(environment.deploy(before)).rejects.toMatchObject({
    exitCode: 14,
    hint: "Nothing serves yet; what was started is stopped again. Read its log: npx nx run tools:logs --env=local",
  });

  expect(environment.instances.size).toBe(0);
  expect(environment.traffic()).toEqual({});
});

test("undoes what it did when it is interrupted", async () => {
  const environment = createFakeEnvironment();
  await environment.deploy(before);
  const interrupt = new AbortController();
  const ports = await environment.openPorts(interrupt.signal);
  const plan = await environment.plan(after);
  interrupt.abort();

  await expect(applyPlan(plan, ports)).rejects.toMatchObject({
    code: "INTERRUPTED",
    exitCode: 130,
  });

  expect(environment.traffic()).toEqual({ core: "1", events: "1" });
  expect(environment.store.events().at(-1)).toBe("run-closed failed-clean");
});

test("writes an intent before each effect and an outcome after it", async () => {
  const environment = createFakeEnvironment();

  await environment.deploy(buildSet({ frontend: {} }));

  const { records } = await environment.store.read();
  expect(environment.store.events().slice(0, 3)).toEqual([
    "run-opened",
    "step-intended",
    "step-done",
  ]);
  expect(environment.store.events().at(-1)).toBe("run-closed committed");
  expect(foldLedger(records)).toMatchObject({
    openRun: null,
    services: { frontend: { instance: "frontend-11111111-1", run: "run-1" } },
  });
});

test("starts nothing on an empty database where there was a full one, and refills it when asked", async () => {
  const environment = createFakeEnvironment();
  await environment.deploy(before);
  environment.databases.clear();
  environment.instances.delete("core-11111111-1");

  await expect(environment.deploy(before)).rejects.toMatchObject({
    code: "DATABASE_LOST",
    exitCode: 14,
    message: "The database of core was gone, so an empty one was made.",
  });
  environment.calls.length = 0;
  await environment.deploy(before, { seed: true });

  expect(environment.calls.slice(0, 4)).toEqual([
    "prepare core 1",
    "database core",
    "migrate core",
    "seed core",
  ]);
});
