import {
  array,
  assert,
  asyncProperty,
  constantFrom,
  nat,
  record,
  scheduler as createScheduler,
} from "fast-check";
import { compare } from "semver";
import { expect, test } from "vitest";

import { createFakeRelease, type Gate } from "../../test/fakes/fake-release-ports.ts";
import {
  createReleaseWorld,
  describeWorld,
  type FakeReleaseWorld,
  listWanted,
  mergeChange,
  type Size,
} from "../../test/fakes/fake-release-world.ts";
import type { ReleaseWish } from "./release-ports.ts";
import { runRelease } from "./run-release.ts";

const wish: ReleaseWish = {
  branch: "master",
  maintenancePrefix: null,
  how: "push",
  mayChange: true,
};
const services = { core: "1.0.0", events: "0.3.0", mailer: "2.1.4" };

test("killed at any point and run again, a release ends as if nothing had happened", async ({
  annotate,
}) => {
  const whole = await releaseWithKill(Number.POSITIVE_INFINITY);
  const points = Array.from({ length: whole.calls }, (_unused, index) => index);

  const results = await Promise.all(points.map((point) => releaseWithKill(point)));

  expect(whole.calls).toBeGreaterThan(60);
  expect(results.filter(({ wasKilled }) => wasKilled)).toHaveLength(points.length);
  expect(results.flatMap(({ world }) => world.violations)).toEqual([]);
  expect(results.filter(({ state }) => state !== whole.state)).toEqual([]);
  await annotate(
    `${points.length} of ${points.length} points of a release of ${whole.world.writes.length} writes`,
  );
});

test("a release killed again and again gets there with one step a run", async () => {
  const world = createChangedWorld();
  const whole = await releaseWithKill(Number.POSITIVE_INFINITY);

  for (let run = 0; run < 200; run += 1) {
    const before = world.writes.length;
    await release(world, async () => {
      if (world.writes.length > before) throw new Error("killed");
    }).catch(() => null);
  }

  expect(describeWorld(world)).toBe(whole.state);
  expect(world.violations).toEqual([]);
});

const sizes = constantFrom<Size>("patch", "minor", "major");
/** Without a change it is a second run for what was merged before. */
const start = record({
  change: record({ core: sizes, events: sizes, mailer: sizes }, { requiredKeys: [] }),
  delay: nat({ max: 60 }),
  /** One long pause, as of a process that was suspended just before a call. */
  pause: record({ before: nat({ max: 60 }), turns: nat({ max: 150 }) }),
});

test(
  "releases that interleave in any way end at the same state",
  { timeout: 300_000 },
  async ({ annotate }) => {
    const totals = { releases: 0, calls: 0, overtaken: 0 };
    await assert(
      asyncProperty(
        createScheduler(),
        array(start, { minLength: 2, maxLength: 4 }),
        async (scheduler, starts) => {
          const world = createReleaseWorld(services);
          const turn = async (call: string) => {
            totals.calls += 1;
            await scheduler.schedule(Promise.resolve(), call);
          };
          const runs = starts.map(async ({ change, delay, pause }) => {
            await repeat(delay, () => turn("wait"));
            if (Object.keys(change).length > 0) mergeChange(world, change);
            let calls = 0;
            return release(world, async (call) => {
              await repeat(calls === pause.before ? pause.turns : 0, () => turn("pause"));
              calls += 1;
              await turn(call);
            });
          });
          const outcomes = await scheduler.waitFor(Promise.allSettled(runs));

          totals.releases += outcomes.length;
          totals.overtaken += outcomes.filter(({ status }) => status === "rejected").length;
          expect(world.violations).toEqual([]);
          expect(outcomes.flatMap(listUnexpected)).toEqual([]);
          expectComplete(world);
          const writes = world.writes.length;
          await release(world);
          expect(world.writes.slice(writes)).toEqual([]);
        },
      ),
      { numRuns: 1000 },
    );
    await annotate(
      `1000 interleavings of ${totals.releases} releases, ${totals.calls} turns, ${totals.overtaken} overtaken`,
    );
  },
);

async function repeat(times: number, work: () => Promise<void>): Promise<void> {
  for (let time = 0; time < times; time += 1) await work();
}

/** Being overtaken is an end as good as any: the newer one does all of it. */
function listUnexpected(outcome: PromiseSettledResult<unknown>): unknown[] {
  if (outcome.status === "fulfilled") return [];
  const { reason } = outcome;
  const code: unknown =
    typeof reason === "object" && reason !== null && Reflect.get(reason, "code");
  return code === "CHECKOUT_BEHIND" ? [] : [reason];
}

function expectComplete(world: FakeReleaseWorld): void {
  const wanted = listWanted(world);
  const versions = [...world.imageTags.keys()].filter((tag) => !tag.endsWith(":latest"));
  const released = versions.map((tag) => tag.replace(":", "@")).toSorted();
  expect(released).toEqual(expect.arrayContaining(wanted));
  expect([...world.gitTags.keys()].toSorted()).toEqual(released);
  expect(world.releases.toSorted()).toEqual(released);
  expect(Object.keys(services).map((service) => world.imageTags.get(`${service}:latest`))).toEqual(
    Object.keys(services).map((service) => findHighest(world, service)),
  );
}

function findHighest(world: FakeReleaseWorld, service: string): string | undefined {
  const versions = [...world.imageTags.keys()]
    .filter((tag) => tag.startsWith(`${service}:`) && !tag.endsWith(":latest"))
    .map((tag) => tag.slice(service.length + 1))
    .toSorted(compare);
  return world.imageTags.get(`${service}:${versions.at(-1)}`);
}

function createChangedWorld(): FakeReleaseWorld {
  const world = createReleaseWorld(services);
  mergeChange(world, { core: "minor", events: "patch" });
  return world;
}

/** Dies before its n-th call, is run again, and says where that ended. */
async function releaseWithKill(point: number) {
  const world = createChangedWorld();
  let calls = 0;
  const first = await release(world, async () => {
    if (calls >= point) throw new Error("killed");
    calls += 1;
  }).then(
    () => "done",
    () => "killed",
  );
  const wasKilled = first === "killed";
  if (wasKilled) await release(world);
  return { world, calls, wasKilled, state: describeWorld(world) };
}

async function release(world: FakeReleaseWorld, gate?: Gate) {
  const { ports } = createFakeRelease(world, gate);
  return runRelease(wish, ports);
}
