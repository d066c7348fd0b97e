import { expect, test } from "vitest";

import { applyPlan } from "../../src/deploy/apply-plan.ts";
import type { PlanPolicy } from "../../src/deploy/deploy-facts.ts";
import { foldLedger } from "../../src/deploy/fold-ledger.ts";
import { planDeploy } from "../../src/deploy/plan-deploy.ts";
import { SlipwayError } from "../../src/errors.ts";
import { openRunLedger } from "../../src/ledger/run-ledger.ts";
import type { ReleaseSet } from "../../src/release/release-set.ts";
import { buildSet } from "../fakes/build-release.ts";
import { createFakeClock } from "../fakes/fake-clock.ts";
import { connectFakeHosts, createFakeHost, type FakeHost } from "../fakes/fake-crew.ts";
import { policy } from "../fakes/fake-environment.ts";
import { createFakeLedgerStore } from "../fakes/fake-ledger-store.ts";

const before = buildSet({ core: { database: true }, events: { needs: ["core"] } });
const after = buildSet({
  core: { database: true, image: "2" },
  events: { needs: ["core"], image: "2" },
});

/** Two hosts, a ledger, and commands that are each a connection of their own. */
function createHosts() {
  const [a, b] = [createFakeHost("a"), createFakeHost("b")];
  const store = createFakeLedgerStore();
  const clock = createFakeClock();
  let runs = 0;

  async function deploy(wanted: ReleaseSet, changes: Partial<PlanPolicy> = {}): Promise<number> {
    runs += 1;
    const ports = connectFakeHosts([a, b]);
    const place = { store, run: `run-${runs}`, epoch: runs, reason: null, now: () => clock.now() };
    const ledger = await openRunLedger({ ...place, actor: { name: "Ada", kind: "git" } });
    const chosen = { ...policy, ...changes };
    const plan = planDeploy({
      kind: "deploy",
      policy: chosen,
      wanted,
      only: [],
      force: false,
      seed: false,
      pins: [],
      state: ledger.state(),
      observed: {
        instances: await ports.runtime.list(),
        gateway: await ports.gateway.describe(),
      },
      now: clock.now().toISOString(),
    });
    const signal = new AbortController().signal;
    const rest = { ledger, policy: chosen, clock, report: () => {}, signal };
    return applyPlan(plan, { ...ports, ...rest }).then(() => 0, readExitCode);
  }

  const state = async () => foldLedger((await store.read()).records);
  return { a, b, deploy, state };
}

function readExitCode(error: unknown): number {
  if (error instanceof SlipwayError) return error.exitCode;
  throw error;
}

/** Service → last digit of the digest that its traffic goes to on one host. */
function trafficOf({ world }: FakeHost): Readonly<Record<string, string>> {
  const routes = [...world.routes.values()].map(({ service, instance }) => [
    service,
    world.instances.get(instance ?? "")?.digest.slice(-1) ?? "nothing",
  ]);
  return Object.fromEntries(routes);
}

const old = { core: "1", events: "1" };
const fresh = { core: "2", events: "2" };

test("what is deployed runs on every host, and nothing is left to do then", async () => {
  const { a, b, deploy, state } = createHosts();

  expect([await deploy(before), await deploy(after)]).toEqual([0, 0]);

  expect([trafficOf(a), trafficOf(b)]).toEqual([fresh, fresh]);
  expect((await state()).behind).toEqual({});
});

/** Calls that a deployment makes on one host. */
async function countCalls(): Promise<number> {
  const { b, deploy } = createHosts();
  await deploy(before);
  b.answers = 1_000_000;
  await deploy(after);
  return 1_000_000 - b.answers;
}

async function loseAt(call: number) {
  const { a, b, deploy, state } = createHosts();
  await deploy(before);
  // Looking before the run takes two.
  b.answers = call + 2;
  const exitCode = await deploy(after);
  const { openRun, behind } = await state();
  const [onA, isOpen] = [trafficOf(a), openRun !== null];
  b.answers = Infinity;
  const healed = isOpen ? null : await deploy(exitCode === 0 ? after : before);
  return { call, exitCode, onA, isOpen, behind: Object.keys(behind), healed, a, b, state };
}

test("wherever it goes away, the others end with one set, and the next run catches it up", async () => {
  const count = await countCalls();
  const calls = Array.from({ length: count - 2 }, (_unused, call) => call);

  const ends = await Promise.all(calls.map(loseAt));

  const isWhole = ({ onA, exitCode, isOpen }: (typeof ends)[number]) =>
    JSON.stringify(onA) === JSON.stringify(isOpen || exitCode === 0 ? fresh : old);
  expect(ends.filter((end) => !isWhole(end)).map(({ call }) => call)).toEqual([]);
  // The very last call frees room when all is over; how often is polled differs by a few.
  expect(new Set(ends.map(({ exitCode }) => exitCode))).toEqual(new Set([14, 16, 11, 0]));
  const isAtEnd = ({ exitCode }: (typeof ends)[number]) => exitCode === 0;
  expect(ends.filter(isAtEnd).length).toBeLessThan(calls.length / 4);
  const closed = ends.filter((end) => !end.isOpen && !isAtEnd(end));
  expect(new Set(closed.flatMap(({ behind }) => behind))).toEqual(new Set(["b"]));
  const caughtUp = closed.map(({ healed, a, b }) => [healed, trafficOf(a), trafficOf(b)]);
  expect(caughtUp).toEqual(closed.map(() => [0, old, old]));
  const states = await Promise.all(closed.map(({ state }) => state()));
  expect(states.map(({ behind }) => behind)).toEqual(states.map(() => ({})));
});

test("a policy that holds leaves everything as it is once traffic has moved", async () => {
  const { a, b, deploy, state } = createHosts();
  await deploy(before);
  const shift = b.gateway.shift.bind(b.gateway);
  b.gateway.shift = async (...args) => {
    b.answers = 0;
    return shift(...args);
  };

  const exitCode = await deploy(after, { onFailure: "hold" });

  expect(exitCode).toBe(11);
  expect(trafficOf(a)).toEqual({ core: "2", events: "1" });
  const { openRun, behind } = await state();
  expect([openRun?.run, Object.keys(behind)]).toEqual(["run-2", ["b"]]);
});
