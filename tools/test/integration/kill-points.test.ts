import { expect, test } from "vitest";

import { settleOpenRun } from "../../src/cli/settle-open-run.ts";
import { applyPlan } from "../../src/deploy/apply-plan.ts";
import { foldLedger } from "../../src/deploy/fold-ledger.ts";
import { buildSet } from "../fakes/build-release.ts";
import { createFakeEnvironment } from "../fakes/fake-environment.ts";
import { KilledError } from "../fakes/fake-ledger-store.ts";

const before = buildSet({ core: { database: true }, events: { needs: ["core"] }, frontend: {} });
const after = buildSet({
  core: { database: true, image: "2" },
  events: { needs: ["core"], image: "2" },
  frontend: {},
});

/** Ledger records of the second deployment, from its first to its last. */
const killPoints = Array.from({ length: 37 }, (_unused, index) => index + 1);

test("the sweep covers the run from its opening to its close", async () => {
  const environment = createFakeEnvironment();
  await environment.deploy(before);
  const recordsBefore = environment.store.events().length;

  await environment.deploy(after);

  expect(environment.store.events().length - recordsBefore).toBe(killPoints.length);
});

test.each(killPoints)(
  "killed before record %i: all keep serving, the next command converges",
  async (point) => {
    const environment = createFakeEnvironment();
    await environment.deploy(before);
    const first = environment.store.events().length;
    const plan = await environment.plan(after);
    environment.store.killBefore(first + point);

    await expect(applyPlan(plan, await environment.openPorts())).rejects.toMatchObject({
      cause: expect.any(KilledError),
    });

    const afterKill = Object.values(environment.traffic());
    expect(afterKill).toHaveLength(3);
    expect(afterKill).not.toContain("nothing");

    environment.store.killBefore(null);
    const ports = await environment.openPorts();
    await settleOpenRun("none", ports);
    await environment.deploy(after);

    expect(environment.traffic()).toEqual({ core: "2", events: "2", frontend: "1" });
    expect(environment.instances.size).toBe(3);
    expect(foldLedger((await environment.store.read()).records).openRun).toBeNull();
    expect((await environment.plan(after)).steps).toEqual([]);
  },
);

/** Records of a failing deployment, from the failed step to its close. */
const returnPoints = Array.from({ length: 18 }, (_unused, index) => index + 25);

test("the sweep of the way back covers it to the close", async () => {
  const environment = createFakeEnvironment({ frontDoorBroken: ["events@2"] });
  await environment.deploy(before);
  const recordsBefore = environment.store.events().length;

  await expect(environment.deploy(after)).rejects.toMatchObject({ code: "FRONT_DOOR_WRONG" });

  const records = environment.store.events().slice(recordsBefore);
  expect(records.length).toBe(returnPoints.at(-1));
  expect(records.indexOf("step-failed") + 1).toBe(returnPoints[0]);
});

test.each(returnPoints)(
  "killed on the way back before record %i: the old versions serve",
  async (point) => {
    const environment = createFakeEnvironment({ frontDoorBroken: ["events@2"] });
    await environment.deploy(before);
    const first = environment.store.events().length;
    const plan = await environment.plan(after);
    environment.store.killBefore(first + point);
    await expect(applyPlan(plan, await environment.openPorts())).rejects.toMatchObject({
      cause: expect.any(KilledError),
    });

    environment.store.killBefore(null);
    await settleOpenRun("none", await environment.openPorts());

    expect(environment.traffic()).toEqual({ core: "1", events: "1", frontend: "1" });
    expect([...environment.instances.keys()].toSorted()).toEqual([
      "core-11111111-1",
      "events-11111111-1",
      "frontend-11111111-1",
    ]);
    expect((await environment.plan(before)).steps).toEqual([]);
  },
);
