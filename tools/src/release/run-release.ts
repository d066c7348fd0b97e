import { SlipwayError } from "../errors.ts";
import { planRelease } from "./plan-release.ts";
import { readReleaseFacts } from "./read-release-facts.ts";
import type { ReleaseFacts } from "./release-facts.ts";
import type { ReleasePlan, ReleaseStep } from "./release-plan.ts";
import type { ReleasePorts, ReleaseWish } from "./release-ports.ts";
import type { ReleaseSet } from "./release-set.ts";
import { createReleaseWork, type ReleaseWork } from "./release-work.ts";
import { reportStep } from "./report-step.ts";
import { runReleaseStep } from "./run-release-step.ts";

/** How often another merge may come between before a person should look. */
const attempts = 5;

export interface ReleaseResult {
  plan: ReleasePlan;
  /** What was done, in order; less than planned when another release did the rest. */
  steps: readonly ReleaseStep[];
  /** Commit of the branch when it was done. */
  commit: string;
  set: ReleaseSet | null;
  /** Over the wire, without what the registry had. */
  sentBytes: number;
  /** Of the pull request with the next versions, when there is one. */
  versionRequest: string | null;
}

/** Brings registry, git server and GitHub to what the branch says. Run again at any time: only what is missing is done. */
export async function runRelease(wish: ReleaseWish, ports: ReleasePorts): Promise<ReleaseResult> {
  const first = await readReleaseFacts(wish, ports);
  const plan = planRelease(first);
  ports.report({ type: "release-plan", plan });
  if (plan.steps.length > 0) {
    await ports.confirm(plan);
    await checkAccess(first, ports);
    await checkBuild(plan, ports);
  }
  const facts = await pushVersions(first, { wish, ports });
  const work = createReleaseWork(facts);
  const steps = planRelease(facts).steps;
  for (const [index, step] of steps.entries()) {
    requireNoInterrupt(ports.signal);
    await reportStep({ step, index, total: steps.length }, ports, () =>
      runReleaseStep(step, work, ports),
    );
  }
  return describeResult(plan, steps, work);
}

/** Without a right, nothing is even begun. */
async function checkAccess({ checkout }: ReleaseFacts, ports: ReleasePorts): Promise<void> {
  await Promise.all([
    ports.remote.checkAccess(),
    ports.store.checkAccess(checkout.services.map(({ service }) => service)),
    ports.github?.checkAccess(),
  ]);
}

/** A build that can't succeed must not leave versions on the branch that nobody can get. */
async function checkBuild({ commit, steps }: ReleasePlan, { images }: ReleasePorts): Promise<void> {
  const services = steps.flatMap((step) => (step.kind === "build" ? step.services : []));
  if (services.length > 0) await images.checkInputs(services, commit);
}

interface VersionsWork {
  wish: ReleaseWish;
  ports: ReleasePorts;
}

/** Consumes the waiting changesets on the branch itself, and computes them anew when somebody else merges meanwhile. */
async function pushVersions(facts: ReleaseFacts, { wish, ports }: VersionsWork) {
  let current = facts;
  for (let attempt = 1; ; attempt += 1) {
    const step = planRelease(current).steps.find(({ kind }) => kind === "write-versions");
    if (step === undefined || current.how === "pull-request") return current;
    requireNoInterrupt(ports.signal);
    const outcome = await reportStep({ step, index: 0, total: 1 }, ports, () => pushCommit(ports));
    if (outcome === branchMoved && attempt === attempts) throw tooBusy(current);
    current = await readReleaseFacts(wish, ports);
  }
}

const branchMoved = "the branch moved; computed again";

async function pushCommit({ checkout, remote }: ReleasePorts): Promise<string> {
  const commit = await checkout.writeVersions();
  if ((await remote.pushBranch(commit)) === "pushed") {
    await checkout.catchUp(commit);
    return commit.slice(0, 12);
  }
  const { head } = await remote.read();
  if (head !== null) await checkout.catchUp(head);
  return branchMoved;
}

function requireNoInterrupt(signal: AbortSignal): void {
  if (!signal.aborted) return;
  throw new SlipwayError("INTERRUPTED", "Interrupted between two steps.", {
    hint: "What was done stays. Run it again: it goes on with what is missing.",
  });
}

function tooBusy({ branch }: ReleaseFacts): SlipwayError {
  return new SlipwayError(
    "BRANCH_MOVED",
    `${branch} moved ${attempts} times while its versions were being written.`,
    { hint: "Nothing was released and nothing is lost. Run it again when the merges are through." },
  );
}

function describeResult(
  plan: ReleasePlan,
  steps: readonly ReleaseStep[],
  work: ReleaseWork,
): ReleaseResult {
  const versions = plan.steps.filter(
    (step) => step.kind === "write-versions" && step.how === "push",
  );
  return {
    plan,
    steps: [...versions, ...steps],
    commit: work.facts.checkout.commit,
    set: work.set,
    sentBytes: work.sentBytes,
    versionRequest: work.versionRequest,
  };
}
