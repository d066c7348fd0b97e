import { SlipwayError } from "../errors.ts";
import { exitCodes, type ExitCode } from "../exit-codes.ts";
import { closeRun } from "./close-run.ts";
import type { OpenRun } from "./environment-state.ts";
import { isHostLost } from "./is-definitive.ts";
import { isRunStopper } from "./is-run-stopper.ts";
import { planReturn, type Reached } from "./plan-return.ts";
import type { DeployPlan, Step } from "./plan.ts";
import type { RunPorts } from "./run-ports.ts";
import { runStep } from "./run-step.ts";

export interface RunFailure {
  error: unknown;
  reached: Reached;
}

/** Goes back to where the run began and returns the error to end with: what happened, and what holds now. */
export async function returnRun(
  plan: DeployPlan,
  { error, reached }: RunFailure,
  ports: RunPorts,
): Promise<SlipwayError> {
  const failure = describeFailure(error, plan);
  const { steps, hasShifted } = planReturn(plan, reached);
  try {
    await walkBack(steps, plan, ports);
  } catch (cause) {
    if (isRunStopper(cause)) return cause;
    return reportFailedReturn(plan, { failure, cause }, ports);
  }
  const exitCode = chooseExitCode(plan, failure, hasShifted);
  const outcome = hasShifted ? "rolled-back" : "failed-clean";
  await closeRun({ outcome, exitCode, message: failure.message }, ports);
  return new SlipwayError(failure.code, failure.message, {
    details: failure.details,
    hint: describeState(plan, failure, hasShifted),
    exitCode,
    cause: error,
  });
}

/** Undoes a run that another process has left half-way. */
export async function revertRun(open: OpenRun, ports: RunPorts): Promise<void> {
  const { steps, hasShifted } = planReturn(open.plan, open);
  await walkBack(steps, open.plan, ports);
  const outcome = hasShifted ? "rolled-back" : "failed-clean";
  const exitCode = hasShifted ? exitCodes.rolledBack : exitCodes.failedClean;
  await closeRun({ outcome, exitCode, message: "The run ended half-way and was undone." }, ports);
}

/** Every step that goes back is an intent first, so that a second crash goes on from here. */
async function walkBack(steps: readonly Step[], plan: DeployPlan, ports: RunPorts): Promise<void> {
  const { ledger } = ports;
  const calm = { ...ports, signal: new AbortController().signal };
  for (const step of steps) {
    await ledger.append({ event: "return-intended", data: { step } });
    if (step.kind === "shift" && !(await isRunning(step.to.id, ports))) continue;
    // Ctrl-C must not stop the way back, and a host that goes away on it goes without.
    await runStep(step, plan.set, calm).catch(async (error: unknown) => {
      if (!isHostLost(error)) throw error;
      await runStep(step, plan.set, calm);
    });
    await ledger.append({ event: "return-done", data: { step } });
  }
}

/** After a reboot the old instance may be gone; the next deployment starts it again. */
async function isRunning(id: string, { runtime }: RunPorts): Promise<boolean> {
  const instances = await runtime.list();
  return instances.some((instance) => instance.id === id && instance.address !== null);
}

function describeFailure(error: unknown, { environment }: DeployPlan): SlipwayError {
  if (error instanceof SlipwayError) return error;
  return new SlipwayError("INTERRUPTED", `The run in ${environment} was interrupted.`, {
    cause: error,
  });
}

function chooseExitCode(
  { kind }: DeployPlan,
  { code }: SlipwayError,
  hasShifted: boolean,
): ExitCode {
  if (code === "INTERRUPTED") return exitCodes.interrupted;
  if (!hasShifted) return exitCodes.failedClean;
  if (code === "HOST_LOST") return exitCodes.hostLost;
  return kind === "rollback" ? exitCodes.rollbackFailed : exitCodes.rolledBack;
}

function describeState(plan: DeployPlan, { code }: SlipwayError, hasShifted: boolean): string {
  const had = plan.steps.some((step) => step.kind === "shift" && step.from !== null);
  const state = hasShifted
    ? "Traffic is back on the versions before."
    : "Nothing changed for users: the versions before keep serving.";
  const next = adviseAfter(code, plan);
  return `${had ? state : "Nothing serves yet; what was started is stopped again."} ${next}`;
}

function adviseAfter(code: string, { environment }: DeployPlan): string {
  const command = (name: string) => `npx nx run tools:${name} --env=${environment}`;
  if (code === "INTERRUPTED") return `Begin again with: ${command("deploy")}`;
  if (code === "HOST_LOST") {
    return `The lost host has what it had at that moment. When it is back: ${command("reconcile")}; to go on without it, take it out of tools/environments/${environment}.yaml.`;
  }
  return `Read its log: ${command("logs")}`;
}

async function reportFailedReturn(
  plan: DeployPlan,
  { failure, cause }: { failure: SlipwayError; cause: unknown },
  ports: RunPorts,
): Promise<SlipwayError> {
  const why = cause instanceof Error ? cause.message : String(cause);
  const message = `${failure.message} Going back failed too: ${why}`;
  const exitCode = exitCodes.rollbackFailed;
  await closeRun({ outcome: "rollback-failed", exitCode, message }, ports).catch(() => {});
  return new SlipwayError("RETURN_FAILED", message, {
    details: failure.details,
    hint: `See what runs: npx nx run tools:status --env=${plan.environment}; then repair it: npx nx run tools:reconcile --env=${plan.environment}`,
    cause,
  });
}
