import { SlipwayError } from "../errors.ts";
import { exitCodes } from "../exit-codes.ts";
import { closeRun, noteLostHosts } from "./close-run.ts";
import type { OpenRun } from "./environment-state.ts";
import { isSurrounding } from "./is-definitive.ts";
import { isRunStopper } from "./is-run-stopper.ts";
import { isPastReturn, planReturn, type Reached } from "./plan-return.ts";
import type { DeployPlan, Step } from "./plan.ts";
import { returnRun } from "./return-run.ts";
import type { RunPorts } from "./run-ports.ts";
import { runStep } from "./run-step.ts";

/** Opens a run and walks the plan to its end, or back to where it began. `overrides` are gates that were not met. */
export async function applyPlan(
  plan: DeployPlan,
  ports: RunPorts,
  overrides: readonly string[] = [],
): Promise<void> {
  await ports.ledger.append({ event: "run-opened", data: { plan } });
  if (overrides.length > 0) {
    await ports.ledger.append({ event: "gates-overridden", data: { gates: overrides } });
  }
  await walkPlan(plan, { intended: new Set(), done: new Set() }, ports);
}

/** Finishes a run that another process has left half-way. */
export async function resumeRun(open: OpenRun, ports: RunPorts): Promise<void> {
  await walkPlan(open.plan, open, ports);
}

async function walkPlan(plan: DeployPlan, before: Reached, ports: RunPorts): Promise<void> {
  const reached = { intended: new Set(before.intended), done: new Set(before.done) };
  try {
    for (const [index, step] of plan.steps.entries()) {
      if (before.done.has(index) && isLasting(step)) continue;
      ports.signal.throwIfAborted();
      await walkStep({ plan, step, index }, reached, ports);
    }
  } catch (error) {
    throw await settleFailure(plan, { error, reached }, ports);
  }
  await closeRun({ outcome: "committed", exitCode: exitCodes.done, message: null }, ports);
}

/** What a step left in the environment survives its processes; the rest is looked at again when a run resumes. */
function isLasting({ kind }: Step): boolean {
  return ["generate-secrets", "ensure-database", "back-up", "migrate", "seed", "record"].includes(
    kind,
  );
}

interface PlannedStep {
  plan: DeployPlan;
  step: Step;
  index: number;
}

async function walkStep(
  { plan, step, index }: PlannedStep,
  reached: { intended: Set<number>; done: Set<number> },
  ports: RunPorts,
): Promise<void> {
  const { ledger, report, clock } = ports;
  const startedAt = clock.now().getTime();
  report({ type: "step-started", step, index, total: plan.steps.length });
  if (isEffect(step)) await ledger.append({ event: "step-intended", data: { index } });
  reached.intended.add(index);
  try {
    await runStep(step, plan.set, ports);
  } catch (error) {
    const durationMs = clock.now().getTime() - startedAt;
    if (ports.signal.aborted || isRunStopper(error)) throw error;
    const failure = asExpected(step, error);
    report({ type: "step-failed", step, durationMs, message: failure.message });
    await ledger.append({
      event: "step-failed",
      data: { index, code: failure.code, message: failure.message },
    });
    throw failure;
  }
  const durationMs = clock.now().getTime() - startedAt;
  await ledger.append({ event: "step-done", data: { index, durationMs } });
  reached.done.add(index);
  report({ type: "step-done", step, durationMs });
}

/** Steps that only look need no intent. */
function isEffect({ kind }: Step): boolean {
  return !["await-ready", "probe-front-door", "soak", "record"].includes(kind);
}

function asExpected(step: Step, error: unknown): SlipwayError {
  if (error instanceof SlipwayError) return error;
  const cause = error instanceof Error ? error : new Error(String(error));
  return new SlipwayError("STEP_FAILED", `The step ${step.kind} failed: ${cause.message}`, {
    cause,
    details: (cause.stack ?? "")
      .split("\n")
      .slice(1, 6)
      .map((line) => line.trim()),
  });
}

/** Goes back when the run still can; says what holds now. */
async function settleFailure(
  plan: DeployPlan,
  { error, reached }: { error: unknown; reached: Reached },
  ports: RunPorts,
): Promise<unknown> {
  if (isRunStopper(error)) return error;
  if (isPastReturn(plan, reached)) return heldPastReturn(plan, error, ports.signal);
  if (isToBeHeld(plan, { error, reached }, ports)) {
    await noteLostHosts(ports);
    return held(plan, error);
  }
  return returnRun(plan, { error, reached }, ports);
}

/** Once traffic has moved: where the policy wants a person, and where going back would meet the same fault. */
function isToBeHeld(
  plan: DeployPlan,
  { error, reached }: { error: unknown; reached: Reached },
  { policy, signal }: RunPorts,
): boolean {
  if (signal.aborted || !planReturn(plan, reached).hasShifted) return false;
  const isOutside = error instanceof SlipwayError && isSurrounding(error.code);
  return policy.onFailure === "hold" || isOutside;
}

function held({ environment }: DeployPlan, error: unknown): SlipwayError {
  const failure = error instanceof SlipwayError ? error : null;
  return new SlipwayError("RUN_HELD", failure?.message ?? String(error), {
    details: failure?.details ?? [],
    hint: `Part of the new versions serve; everything stays as it is. Go on: npx nx run tools:resume --env=${environment}; or back: npx nx run tools:revert --env=${environment}`,
    cause: error,
  });
}

/** The new versions serve and are recorded; only tidying up is left, which the next command does. */
function heldPastReturn(
  { environment }: DeployPlan,
  error: unknown,
  signal: AbortSignal,
): SlipwayError {
  const cause = error instanceof Error ? error.message : String(error);
  return new SlipwayError(
    "RUN_OPEN",
    `The new versions serve, but the run could not finish: ${cause}`,
    {
      hint: `Finish it with: npx nx run tools:resume --env=${environment}`,
      exitCode: signal.aborted ? exitCodes.interrupted : exitCodes.held,
      cause: error,
    },
  );
}
