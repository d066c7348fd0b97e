import type { CurrentService, EnvironmentState, OpenRun, Pin } from "./environment-state.ts";
import type { LedgerRecord } from "./ledger-record.ts";
import type { PlannedInstance } from "./plan.ts";

const keptVersions = 10;

/** From now on the run's set is what the environment should run. */
export function foldCommit(
  state: EnvironmentState,
  run: OpenRun,
  record: LedgerRecord,
): EnvironmentState {
  const services = listServices(state, run, record.time);
  return {
    ...state,
    set: run.plan.set.id,
    services,
    earlier: foldEarlier(state.earlier, services),
    pins: foldPins(state, run, record),
  };
}

function listServices(
  state: EnvironmentState,
  { plan, run }: OpenRun,
  since: string,
): Record<string, CurrentService> {
  const shifted = new Map<string, PlannedInstance>();
  for (const step of plan.steps) {
    if (step.kind === "shift") shifted.set(step.service, step.to);
  }
  const entries = Object.entries(plan.set.services).flatMap(([service, release]) => {
    const to = shifted.get(service);
    const before = state.services[service];
    if (to === undefined) return before === undefined ? [] : [[service, before] as const];
    const { id: instance, settings } = to;
    return [[service, { release, set: plan.set.id, instance, settings, since, run }] as const];
  });
  return Object.fromEntries(entries);
}

function foldEarlier(
  earlier: EnvironmentState["earlier"],
  services: Readonly<Record<string, CurrentService>>,
): EnvironmentState["earlier"] {
  const entries = Object.entries(services).map(([service, current]) => {
    const others = (earlier[service] ?? []).filter(
      ({ release }) => release.digest !== current.release.digest,
    );
    return [service, [current, ...others].slice(0, keptVersions)] as const;
  });
  return { ...earlier, ...Object.fromEntries(entries) };
}

function foldPins(
  state: EnvironmentState,
  { plan, run, actor, reason }: OpenRun,
  record: LedgerRecord,
): EnvironmentState["pins"] {
  const pins = new Map(Object.entries(state.pins));
  for (const { service, change } of plan.pins) {
    const left = state.services[service]?.release;
    const held = plan.set.services[service];
    const earlier = pins.get(service)?.blocked ?? [];
    pins.delete(service);
    if (change === "lift" || left === undefined || held === undefined) continue;
    const { version, digest } = held;
    const blocked = [left, ...earlier];
    const pin: Pin = { service, version, digest, blocked, since: record.time, actor, reason, run };
    pins.set(service, pin);
  }
  return Object.fromEntries(pins);
}
