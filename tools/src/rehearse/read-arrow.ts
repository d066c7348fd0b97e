import type { Check } from "../verify/check.ts";
import type { RehearsalCheck } from "./run-rehearsal.ts";

/** Flows of this name call from one service to another; a title says which: `events → core: a session`. */
export const arrowFlows = "arrows";

const arrow = /^(?<service>[a-z][a-z0-9-]*) → (?<provider>[a-z][a-z0-9-]*): (?<title>.+)$/u;

/** A check as the pair of services that it speaks for. */
export function readArrow({ subject, title, fault }: Check): RehearsalCheck {
  const { service, provider, title: what } = arrow.exec(title)?.groups ?? {};
  if (service === undefined || provider === undefined || what === undefined) {
    return { service: subject, provider: null, title, fault };
  }
  return { service, provider, title: what, fault };
}
