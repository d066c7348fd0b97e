import type { EnvironmentState } from "../deploy/environment-state.ts";
import { serviceOf } from "../deploy/fold-ledger.ts";
import { SlipwayError } from "../errors.ts";
import type { ObservedInstance } from "../runtimes/runtime.ts";

export interface LoggedInstance {
  service: string;
  id: string;
}

/**
 * Whose log to read: what runs, or else what ran last. A version that failed at start has been stopped; its log
 * is there still, and it is what one wants to read then.
 */
export function pickInstances(
  state: EnvironmentState,
  observed: readonly ObservedInstance[],
  services: readonly string[],
): readonly LoggedInstance[] {
  const known = [
    ...new Set([...Object.keys(state.instanceCounts), ...Object.keys(state.services)]),
  ];
  const unknown = services.find((service) => !known.includes(service));
  if (unknown !== undefined) throw unknownService(unknown, known);
  const wanted = services.length > 0 ? services : known;
  return wanted.toSorted().flatMap((service) => {
    const started = Object.keys(state.instances).findLast((id) => serviceOf(id) === service);
    const running = observed.filter((instance) => instance.service === service).map(({ id }) => id);
    const newest = started === undefined ? [] : [started];
    const ids = services.length > 0 ? [...new Set([...running, ...newest])] : running;
    return ids.map((id) => ({ service, id }));
  });
}

function unknownService(service: string, known: readonly string[]): SlipwayError {
  return new SlipwayError("SERVICE_UNKNOWN", `No service "${service}" has ever run here.`, {
    hint: `There are: ${known.toSorted().join(", ") || "none"}.`,
  });
}
