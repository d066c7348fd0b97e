import type { DeployPlan, PlannedInstance, Step } from "./plan.ts";

/** How far a run came. A step that was intended may have happened. */
export interface Reached {
  intended: ReadonlySet<number>;
  done: ReadonlySet<number>;
}

export interface ReturnPlan {
  steps: readonly Step[];
  /** Traffic had moved away from a version that served. */
  hasShifted: boolean;
}

/** Once the set is recorded the run only goes forward. */
export function isPastReturn({ steps }: DeployPlan, { done }: Reached): boolean {
  const record = steps.findIndex(({ kind }) => kind === "record");
  if (record === -1) return done.size > 0;
  return done.has(record);
}

/**
 * The way back: traffic returns in reverse order, then what this run started is let go. Databases, secrets and
 * migrations stay: the version before runs on them.
 */
export function planReturn(plan: DeployPlan, reached: Reached): ReturnPlan {
  const begun = plan.steps.filter(
    (_step, index) => reached.intended.has(index) || reached.done.has(index),
  );
  const shifts = begun.flatMap((step) => (step.kind === "shift" ? [step] : []));
  const started = begun.flatMap((step) => (step.kind === "start" ? [step.instance] : []));
  const shifted = new Set(shifts.map(({ to }) => to.id));
  return {
    hasShifted: shifts.some(({ from }) => from !== null),
    steps: [
      ...shifts.toReversed().flatMap(returnShift),
      ...begun.toReversed().flatMap(returnRoutes),
      ...started
        .toReversed()
        .flatMap((instance) => letGo(plan, instance, shifted.has(instance.id))),
    ],
  };
}

function returnShift({ service, from, to }: Step & { kind: "shift" }): readonly Step[] {
  return from === null ? [] : [{ kind: "shift", service, from: to, to: from }];
}

function returnRoutes(step: Step): readonly Step[] {
  if (step.kind !== "declare-route") return [];
  const { service, routes, before } = step;
  if (before === null) return [{ kind: "remove-route", service }];
  return [{ kind: "declare-route", service, routes: before, before: routes }];
}

function letGo(plan: DeployPlan, instance: PlannedInstance, hadShift: boolean): readonly Step[] {
  const { id, service } = instance;
  const seconds = plan.set.services[service]?.needs.drainSeconds ?? 10;
  return [
    ...(hadShift ? [{ kind: "drain" as const, service, instance: id, limitSeconds: seconds }] : []),
    { kind: "stop", service, instance: id, graceSeconds: seconds },
  ];
}
