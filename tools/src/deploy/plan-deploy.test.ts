import { expect, test } from "vitest";

import { buildSet } from "../../test/fakes/build-release.ts";
import { createFakeEnvironment, policy } from "../../test/fakes/fake-environment.ts";
import { formatPlan } from "../output/format-plan.ts";
import { createPaint } from "../output/paint.ts";
import type { ObservedInstance } from "../runtimes/runtime.ts";
import { chooseRollback } from "./choose-rollback.ts";
import { foldLedger } from "./fold-ledger.ts";

const first = buildSet({ core: {}, events: { needs: ["core"] } });
const second = buildSet({ core: {}, events: { needs: ["core"], image: "2" } });
const third = buildSet({ core: {}, events: { needs: ["core"], image: "3", version: "1.1.0" } });
const colourless = createPaint(false);

async function rollBack(environment: ReturnType<typeof createFakeEnvironment>, to?: string) {
  const state = foldLedger((await environment.store.read()).records);
  const wish = { environment: "local", services: ["events"], to };
  const { wanted, services } = chooseRollback(state, wish);
  const pins = services.map((service) => ({ service, change: "pin" as const }));
  return environment.deploy(wanted, { kind: "rollback", only: services, pins });
}

test("prints what changes, from what to what, and why", async () => {
  const environment = createFakeEnvironment();
  await environment.deploy(first);
  environment.instances.delete("core-11111111-1");

  const plan = await environment.plan(
    buildSet({ core: {}, events: { needs: ["core"], image: "2" }, mailer: { database: true } }),
  );

  expect(formatPlan(plan, colourless)).toMatchInlineSnapshot(`
    "Plan for local (3 of 3 services change)

         service  running  wanted  image
      ~  core     1.0.0    1.0.0   sha256:11111111             not running
      ~  events   1.0.0    1.0.0   11111111 → sha256:22222222
      +  mailer   none     1.0.0   sha256:11111111

      migrations: mailer to 1
      old instances to stop: 1
    "
  `);
});

test("gives the same plan for the same facts, byte for byte", async () => {
  const environment = createFakeEnvironment();
  await environment.deploy(first);

  const plans = [await environment.plan(second), await environment.plan(second)];

  expect(JSON.stringify(plans[0])).toBe(JSON.stringify(plans[1]));
});

test("carries over an image of the same content from another commit", async () => {
  const environment = createFakeEnvironment();
  await environment.deploy(first);
  const rebuilt = structuredClone(first);
  Object.assign(rebuilt.services["core"] ?? {}, { digest: `sha256:${"9".repeat(64)}` });

  const plan = await environment.plan(rebuilt);

  expect(plan.steps).toEqual([]);
});

test("starts a service anew when its settings change, and tells who checks tokens about a new service", async () => {
  const checks = { name: "SERVICE_TOKENS", generate: "service-tokens" as const };
  const token = { name: "SERVICE_TOKEN", generate: "service-token" as const };
  const environment = createFakeEnvironment();
  await environment.deploy(buildSet({ core: { secrets: [checks] }, events: { secrets: [token] } }));

  const plan = await environment.plan(
    buildSet({
      core: { secrets: [checks] },
      events: { secrets: [token] },
      mailer: { secrets: [token] },
    }),
  );

  expect(plan.changes).toMatchObject([
    { service: "core", action: "restart", note: "settings changed" },
    { service: "events", action: "keep" },
    { service: "mailer", action: "add" },
  ]);
});

test("leaves services alone that were not selected", async () => {
  const environment = createFakeEnvironment();
  await environment.deploy(first);

  const plan = await environment.plan(buildSet({ core: { image: "2" }, events: { image: "2" } }), {
    only: ["events"],
  });

  expect(plan.changes.map(({ service, action }) => `${action} ${service}`)).toEqual([
    "keep core",
    "update events",
  ]);
});

test("removes a service that is no longer in the set, its route first", async () => {
  const environment = createFakeEnvironment();
  await environment.deploy(first);

  const plan = await environment.plan(buildSet({ core: {} }));

  expect(plan.steps.map(({ kind }) => kind)).toEqual([
    "record",
    "announce",
    "remove-route",
    "drain",
    "stop",
  ]);
});

test("refuses to deploy an empty set", async () => {
  const environment = createFakeEnvironment();
  await environment.deploy(first);

  await expect(environment.plan(buildSet({}))).rejects.toMatchObject({
    code: "SET_EMPTY",
    exitCode: 13,
  });
});

function buildInstances(id: string): readonly [ObservedInstance] {
  const image = { service: "core", version: "1.0.0", digest: `sha256:${"9".repeat(64)}` };
  const run = {
    set: "set-x",
    run: "run-x",
    state: "running",
    restarts: 0,
    exitCode: null,
  } as const;
  return [
    { ...image, ...run, id, address: "127.0.0.1:1", pid: 1, startedAt: "2026-11-23T12:00:00Z" },
  ];
}

test("stops instances that a dead run left behind", async () => {
  const environment = createFakeEnvironment();
  await environment.deploy(first);
  const [core] = buildInstances("core-99999999-9");
  environment.instances.set(core.id, core);

  const plan = await environment.plan(first);

  expect(plan.steps).toEqual([
    { kind: "stop", service: "core", instance: "core-99999999-9", graceSeconds: 1 },
  ]);
});

test("pins what it went back to and blocks what it left", async () => {
  const environment = createFakeEnvironment();
  await environment.deploy(first);
  await environment.deploy(second);

  await rollBack(environment);

  expect(environment.traffic()).toEqual({ core: "1", events: "1" });
  await expect(environment.plan(second)).rejects.toMatchObject({
    code: "RELEASE_BLOCKED",
    exitCode: 13,
    message: expect.stringMatching(
      /^events@1\.0\.0 22222222 is blocked since Ada went back to 1\.0\.0 11111111 on 2026-11-23T12:00:.*Z\.$/,
    ),
  });
});

test("keeps the pin beside other changes, and says so", async () => {
  const environment = createFakeEnvironment();
  await environment.deploy(first);
  await environment.deploy(second);
  await rollBack(environment);

  const plan = await environment.plan(
    buildSet({ core: { image: "2" }, events: { needs: ["core"], image: "2" } }),
  );

  expect(plan.changes).toMatchObject([
    { service: "core", action: "update" },
    { service: "events", action: "keep", note: "pinned, wanted is blocked" },
  ]);
});

test("lifts the pin when something newer is deployed", async () => {
  const environment = createFakeEnvironment();
  await environment.deploy(first);
  await environment.deploy(second);
  await rollBack(environment);

  await environment.deploy(third);

  expect(environment.traffic()).toEqual({ core: "1", events: "3" });
  expect(foldLedger((await environment.store.read()).records).pins).toEqual({});
});

test("deploys the blocked image when forced", async () => {
  const environment = createFakeEnvironment();
  await environment.deploy(first);
  await environment.deploy(second);
  await rollBack(environment);

  await environment.deploy(second, { force: true });

  expect(environment.traffic()).toEqual({ core: "1", events: "2" });
});

test("goes further back when asked again, never to what is blocked", async () => {
  const environment = createFakeEnvironment();
  await environment.deploy(first);
  await environment.deploy(second);
  await environment.deploy(third);

  await rollBack(environment);
  await rollBack(environment);

  expect(environment.traffic()).toEqual({ core: "1", events: "1" });
  await expect(rollBack(environment)).rejects.toMatchObject({ code: "ROLLBACK_IMPOSSIBLE" });
});

test("goes back to a named version", async () => {
  const environment = createFakeEnvironment();
  await environment.deploy(first);
  await environment.deploy(third);

  await rollBack(environment, "1.0.0");

  expect(environment.traffic()).toEqual({ core: "1", events: "1" });
});

test("refuses to go back over a contracted schema", async () => {
  const environment = createFakeEnvironment();
  await environment.deploy(buildSet({ events: { database: true, schema: { min: 0, max: 1 } } }));
  await environment.deploy(
    buildSet({ events: { database: true, image: "2", schema: { min: 2, max: 2 } } }),
  );

  await expect(rollBack(environment)).rejects.toMatchObject({
    code: "ROLLBACK_UNSAFE",
    message:
      "events@1.0.0 knows migrations up to 1, but its database was contracted by migration 2.",
  });
});

test("keeps the version before warm where the policy says so, and goes back to it without a start", async () => {
  const warm = { policy: { ...policy, keepWarmMinutes: 10 } };
  const environment = createFakeEnvironment();
  await environment.deploy(first, warm);
  await environment.deploy(second, warm);
  expect((await environment.plan(second, warm)).steps).toEqual([]);

  const back = await environment.plan(first, warm);

  expect(back.steps.map(({ kind }) => kind)).not.toContain("start");
  expect(back.steps.map(({ kind }) => kind)).toContain("shift");
});

test("writes test data again on what runs when asked to, and moves nothing", async () => {
  const environment = createFakeEnvironment();
  const set = buildSet({ core: { database: true }, frontend: {} });
  await environment.deploy(set);

  const plan = await environment.plan(set, { seed: true });

  expect(plan.steps.map(({ kind }) => kind)).toEqual(["migrate", "seed"]);
});
