import { expect, test } from "vitest";

import { buildSet } from "../../test/fakes/build-release.ts";
import { createFakeEnvironment, policy } from "../../test/fakes/fake-environment.ts";
import { chooseRollback } from "./choose-rollback.ts";
import { foldLedger } from "./fold-ledger.ts";

const first = buildSet({ core: { database: true } });
const second = buildSet({ core: { database: true, image: "2", schema: { min: 0, max: 2 } } });
const contracted = buildSet({ core: { database: true, image: "3", schema: { min: 2, max: 2 } } });
const hourLater = "2026-11-23T13:00:00.000Z";
const warm = { policy: { ...policy, keepWarmMinutes: 10 } };
const strict = { policy: { ...policy, isStrict: true } };

test("lets the version before go when its time as a warm one is over", async () => {
  const environment = createFakeEnvironment();
  await environment.deploy(first);
  await environment.deploy(second, warm);

  const atOnce = await environment.plan(second, warm);
  const later = await environment.plan(second, { ...warm, now: hourLater });

  expect(environment.instances.size).toBe(2);
  expect(atOnce.steps).toEqual([]);
  expect(later.steps).toEqual([
    { kind: "stop", service: "core", instance: "core-11111111-1", graceSeconds: 1 },
  ]);
});

test("backs a database up before a migration, and keeps so many backups", async () => {
  const environment = createFakeEnvironment();
  const keep = { policy: { ...policy, keepBackups: 2 } };
  await environment.deploy(first, keep);
  const atFirst = environment.calls.filter((call) => call.includes("back up"));

  for (const image of ["2", "3", "4"]) {
    await environment.deploy(buildSet({ core: { database: true, image } }), keep);
  }

  expect(atFirst).toEqual([]);
  expect(environment.backups.size).toBe(2);
  expect(environment.calls.filter((call) => /backup|back up|migrate/.test(call))).toEqual([
    "migrate core",
    "back up core",
    "migrate core",
    "back up core",
    "migrate core",
    "back up core",
    "drop a backup of core",
    "migrate core",
  ]);
});

test("migrates nothing when the backup fails", async () => {
  const environment = createFakeEnvironment();
  const keep = { policy: { ...policy, keepBackups: 2 } };
  await environment.deploy(first, keep);
  environment.platform.backUp = () => Promise.reject(new Error("disk full"));
  environment.calls.length = 0;

  await expect(environment.deploy(second, keep)).rejects.toMatchObject({ exitCode: 14 });

  expect(environment.calls).not.toContain("migrate core");
  expect(environment.traffic()).toEqual({ core: "1" });
});

test("refuses to contract what the serving version still uses", async () => {
  const environment = createFakeEnvironment();
  await environment.deploy(first);

  await expect(environment.plan(contracted, strict)).rejects.toMatchObject({
    code: "CONTRACT_TOO_EARLY",
    exitCode: 13,
    message: expect.stringContaining("it knows migrations up to 1."),
  });
  expect((await environment.plan(contracted, { ...strict, force: true })).steps).not.toEqual([]);
});

test("contracts only when the version before is not kept warm any more", async () => {
  const environment = createFakeEnvironment();
  const wish = { policy: { ...strict.policy, keepWarmMinutes: 10 } };
  await environment.deploy(first, wish);
  await environment.deploy(second, wish);

  await expect(environment.plan(contracted, wish)).rejects.toMatchObject({
    code: "CONTRACT_TOO_EARLY",
    hint: expect.stringContaining("Deploy again after 2026-11-23T12:10"),
  });
  const later = await environment.plan(contracted, { ...wish, now: hourLater });

  expect(later.steps.map(({ kind }) => kind)).toContain("migrate");
});

test("starts a service anew when one of its secrets was set, and no other", async () => {
  const environment = createFakeEnvironment();
  const set = buildSet({ core: {}, events: {} });
  await environment.deploy(set);
  const { ledger } = await environment.openPorts();
  await ledger.append({ event: "secret-changed", data: { name: "core/KEY", mark: "a" } });

  const { changes } = await environment.plan(set);
  await environment.deploy(set);

  expect(changes.map(({ service, action }) => [service, action])).toEqual([
    ["core", "restart"],
    ["events", "keep"],
  ]);
  expect((await environment.plan(set)).steps).toEqual([]);
});

test("goes back to a warm version without starting anything", async () => {
  const environment = createFakeEnvironment();
  await environment.deploy(first);
  await environment.deploy(second, warm);
  const state = foldLedger((await environment.store.read()).records);
  const { wanted } = chooseRollback(state, { environment: "local", services: [], to: undefined });

  const { steps } = await environment.plan(wanted, { ...warm, kind: "rollback" });

  expect(steps.map(({ kind }) => kind)).not.toContain("start");
});
