import lt from "semver/functions/lt.js";

import type { ReleasedService } from "../release/release-set.ts";
import type { DeployFacts } from "./deploy-facts.ts";
import type { Pin } from "./environment-state.ts";
import type { PinChange } from "./plan.ts";

/** What one service should run, and why it is not what was wanted. */
export interface Choice {
  release: ReleasedService;
  note: string;
}

export interface Choices {
  releases: Readonly<Record<string, Choice>>;
  pins: readonly PinChange[];
  /** Services whose wanted image is blocked and was therefore not chosen. */
  blocked: readonly string[];
}

/** Reconciles what was wanted with what runs: pins hold, equal images are carried over, others stay as they are. */
export function chooseReleases(facts: DeployFacts): Choices {
  const names = [
    ...new Set([...Object.keys(facts.wanted.services), ...Object.keys(facts.state.services)]),
  ].toSorted();
  const decided = names.map((name) => [name, chooseRelease(name, facts)] as const);
  return {
    releases: Object.fromEntries(
      decided.flatMap(([name, { choice }]) => (choice === null ? [] : [[name, choice] as const])),
    ),
    pins: [
      ...facts.pins,
      ...decided.flatMap(([service, { lifts }]) =>
        lifts ? [{ service, change: "lift" as const }] : [],
      ),
    ],
    blocked: decided.filter(([, { isBlocked }]) => isBlocked).map(([name]) => name),
  };
}

interface Decision {
  choice: Choice | null;
  lifts: boolean;
  isBlocked: boolean;
}

function chooseRelease(name: string, facts: DeployFacts): Decision {
  const current = facts.state.services[name]?.release;
  const wanted = facts.wanted.services[name];
  if (facts.only.length > 0 && !facts.only.includes(name)) return decide(current, "");
  if (wanted === undefined) return decide(undefined, "");
  if (current !== undefined && isSameImage(current, wanted)) return decide(current, "");
  const pin = facts.state.pins[name];
  if (pin === undefined || current === undefined || facts.kind !== "deploy")
    return decide(wanted, "");
  return chooseAgainstPin({ pin, current, wanted, force: facts.force });
}

interface PinQuestion {
  pin: Pin;
  current: ReleasedService;
  wanted: ReleasedService;
  force: boolean;
}

function chooseAgainstPin({ pin, current, wanted, force }: PinQuestion): Decision {
  const isBlocked = pin.blocked.some((blocked) => isSameImage(blocked, wanted));
  const isOlder = pin.blocked.some((blocked) => lt(wanted.version, blocked.version));
  if (force) return { ...decide(wanted, "forced"), lifts: true };
  if (isBlocked) return { ...decide(current, "pinned, wanted is blocked"), isBlocked };
  if (isOlder) return decide(current, "pinned");
  return { ...decide(wanted, "lifts the pin"), lifts: true };
}

function decide(release: ReleasedService | undefined, note: string): Decision {
  const choice = release === undefined ? null : { release, note };
  return { choice, lifts: false, isBlocked: false };
}

/** The same content under the same version; the commit that it was built from does not count. */
export function isSameImage(left: ReleasedService, right: ReleasedService): boolean {
  return (
    left.digest === right.digest ||
    (left.imageKey === right.imageKey && left.version === right.version)
  );
}
