import {
  array,
  assert,
  asyncProperty,
  boolean,
  constantFrom,
  dictionary,
  nat,
  record,
  subarray,
  tuple,
  type Arbitrary,
} from "fast-check";
import { expect, test } from "vitest";

import { buildSet, type ReleaseWish } from "../../test/fakes/build-release.ts";
import { createFakeEnvironment } from "../../test/fakes/fake-environment.ts";
import type { ReleaseSet } from "../release/release-set.ts";

const names = ["core", "discounts", "events", "frontend", "mailer"];

const service: Arbitrary<ReleaseWish> = record({
  image: constantFrom("1", "2", "3"),
  needs: subarray(names),
  database: boolean(),
});

const releaseSet: Arbitrary<ReleaseSet> = dictionary(constantFrom(...names), service, {
  minKeys: 1,
}).map(buildSet);

/** What may befall an environment between two deployments: instances that vanish or crash, routes that go. */
const damage = record({
  gone: array(nat(9), { maxLength: 3 }),
  crashed: array(nat(9), { maxLength: 3 }),
  unrouted: array(nat(9), { maxLength: 2 }),
});

type Environment = ReturnType<typeof createFakeEnvironment>;

function hurt(
  environment: Environment,
  { gone, crashed, unrouted }: { gone: number[]; crashed: number[]; unrouted: number[] },
) {
  const ids = [...environment.instances.keys()];
  for (const index of gone) environment.instances.delete(ids[index] ?? "");
  for (const index of crashed) {
    const instance = environment.instances.get(ids[index] ?? "");
    if (instance !== undefined)
      Object.assign(instance, { state: "exited", address: null, exitCode: 1 });
  }
  const services = [...environment.routes.keys()];
  for (const index of unrouted) environment.routes.delete(services[index] ?? "");
}

function listWanted({ services }: ReleaseSet) {
  return Object.fromEntries(
    Object.entries(services).map(([name, { digest }]) => [name, digest.slice(-1)]),
  );
}

test("converges in one run from any state, and the second plan is empty", async () => {
  await assert(
    asyncProperty(
      array(tuple(releaseSet, damage), { minLength: 1, maxLength: 4 }),
      async (history) => {
        const environment = createFakeEnvironment();
        for (const [wanted, harm] of history) {
          await environment.deploy(wanted);
          expect(environment.traffic()).toEqual(listWanted(wanted));
          expect((await environment.plan(wanted)).steps).toEqual([]);
          hurt(environment, harm);
        }
      },
    ),
    { numRuns: 250 },
  );
});

test("never stops what serves before its successor has taken the traffic", async () => {
  await assert(
    asyncProperty(releaseSet, releaseSet, async (before, after) => {
      const environment = createFakeEnvironment();
      await environment.deploy(before);
      const plan = await environment.plan(after);
      const kinds = plan.steps.map(({ kind }) => kind);
      const lastProof = Math.max(kinds.lastIndexOf("probe-front-door"), kinds.lastIndexOf("shift"));
      const firstLoss = kinds.findIndex((kind) => kind === "stop" || kind === "remove-route");
      expect(firstLoss === -1 || firstLoss > lastProof).toBe(true);
    }),
    { numRuns: 250 },
  );
});

test("starts each service after those it needs, unless they need each other", async () => {
  await assert(
    asyncProperty(releaseSet, async (wanted) => {
      const environment = createFakeEnvironment();
      const plan = await environment.plan(wanted);
      const order = plan.steps.flatMap((step) => (step.kind === "shift" ? [step.service] : []));
      const reach = (from: string, seen = new Set<string>()): Set<string> => {
        for (const name of wanted.services[from]?.needs.needs.services ?? []) {
          if (!seen.has(name) && name in wanted.services) reach(name, seen.add(name));
        }
        return seen;
      };
      for (const name of order) {
        for (const needed of reach(name)) {
          const isCircle = reach(needed).has(name);
          expect(isCircle || order.indexOf(needed) < order.indexOf(name)).toBe(true);
        }
      }
    }),
    { numRuns: 250 },
  );
});
