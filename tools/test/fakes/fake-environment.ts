import { applyPlan } from "../../src/deploy/apply-plan.ts";
import type { DeployFacts, PlanPolicy } from "../../src/deploy/deploy-facts.ts";
import { foldLedger } from "../../src/deploy/fold-ledger.ts";
import { planDeploy } from "../../src/deploy/plan-deploy.ts";
import type { DeployPlan } from "../../src/deploy/plan.ts";
import type { RunPorts } from "../../src/deploy/run-ports.ts";
import { openRunLedger } from "../../src/ledger/run-ledger.ts";
import type { ReleaseSet } from "../../src/release/release-set.ts";
import { createFakeClock } from "./fake-clock.ts";
import { createFakeLedgerStore, type FakeLedgerStore } from "./fake-ledger-store.ts";
import type { FakeFaults } from "./fake-machine.ts";
import { createFakeWorld, type FakeWorld } from "./fake-world.ts";

export const policy: PlanPolicy = {
  environment: "local",
  testData: true,
  readinessSeconds: 20,
  soakSeconds: 0,
  keepWarmMinutes: 0,
  keepBackups: null,
  onFailure: "return",
  isStrict: false,
  env: {},
};

export interface FakeEnvironment extends FakeWorld {
  store: FakeLedgerStore;
  said: string[];
  /** What a run that begins now would touch. */
  openPorts(signal?: AbortSignal): Promise<RunPorts>;
  plan(wanted: ReleaseSet, wish?: Partial<DeployFacts>): Promise<DeployPlan>;
  deploy(wanted: ReleaseSet, wish?: Partial<DeployFacts>): Promise<DeployPlan>;
  apply: typeof applyPlan;
  /** Service → last digit of the digest that its traffic goes to. */
  traffic(): Readonly<Record<string, string>>;
}

/** A whole environment in memory: fakes, ledger and the real engine. */
export function createFakeEnvironment(faults: Partial<FakeFaults> = {}): FakeEnvironment {
  const world = createFakeWorld(faults);
  const store = createFakeLedgerStore();
  const clock = createFakeClock();
  const said: string[] = [];
  let runs = 0;

  const report: RunPorts["report"] = (event) => {
    if (event.type === "note") said.push(event.text);
    if (event.type === "step-failed") said.push(`failed ${event.step.kind}: ${event.message}`);
  };

  async function openPorts(signal = new AbortController().signal): Promise<RunPorts> {
    runs += 1;
    const ledger = await openRunLedger({
      store,
      run: `run-${runs}`,
      epoch: runs,
      actor: { name: "Ada", kind: "git" },
      reason: null,
      now: () => clock.now(),
    });
    const { runtime, gateway, platform } = world;
    return { runtime, gateway, platform, ledger, policy, clock, report, signal };
  }

  async function plan(wanted: ReleaseSet, wish: Partial<DeployFacts> = {}): Promise<DeployPlan> {
    const state = foldLedger((await store.read()).records);
    const observed = {
      instances: await world.runtime.list(),
      gateway: await world.gateway.describe(),
    };
    const base = { kind: "deploy", policy, only: [], force: false, seed: false, pins: [] } as const;
    const now = clock.now().toISOString();
    return planDeploy({ ...base, wanted, state, observed, now, ...wish });
  }

  async function deploy(wanted: ReleaseSet, wish: Partial<DeployFacts> = {}): Promise<DeployPlan> {
    const planned = await plan(wanted, wish);
    const ports = await openPorts();
    await applyPlan(planned, { ...ports, policy: wish.policy ?? policy });
    return planned;
  }

  function traffic(): Readonly<Record<string, string>> {
    const routes = [...world.routes.values()].map(({ service, instance }) => [
      service,
      world.instances.get(instance ?? "")?.digest.slice(-1) ?? "nothing",
    ]);
    return Object.fromEntries(routes);
  }

  return { ...world, store, said, openPorts, plan, deploy, apply: applyPlan, traffic };
}
