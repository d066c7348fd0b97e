import type { ReleasedService } from "../release/release-set.ts";
import type { ObservedInstance } from "../runtimes/runtime.ts";
import type { Choices } from "./choose-releases.ts";
import type { DeployFacts } from "./deploy-facts.ts";
import type { CurrentService } from "./environment-state.ts";
import { hashSettings } from "./hash-settings.ts";
import type { ChangeAction, PlannedInstance, ServiceChange } from "./plan.ts";

/** One service of the plan, with all that its steps need. */
export interface PlannedChange extends ServiceChange {
  /** What it should run; null when it goes. */
  release: ReleasedService | null;
  /** Where its traffic should go; null when it goes. */
  target: PlannedInstance | null;
  /** The target already runs. */
  isRunning: boolean;
  /** Where its traffic goes now. */
  serving: PlannedInstance | null;
}

/** Compares what should run with what does, service by service, in alphabetical order. */
export function planChanges(facts: DeployFacts, { releases }: Choices): readonly PlannedChange[] {
  const names = new Set([
    ...Object.keys(releases),
    ...Object.keys(facts.state.services),
    ...listRouted(facts),
  ]);
  const neighbours = Object.fromEntries(
    Object.entries(releases).map(([name, { release }]) => [name, release]),
  );
  return [...names].toSorted().map((service) => {
    const choice = releases[service];
    return choice === undefined
      ? planRemoval(service, facts)
      : planChange(service, facts, { ...choice, neighbours });
  });
}

/** Services that an instance of theirs still gets traffic for, whoever declared them. */
function listRouted({ observed }: DeployFacts): readonly string[] {
  const running = new Set(observed.instances.map(({ id }) => id));
  return observed.gateway
    .filter(({ instance }) => instance !== null && running.has(instance))
    .map(({ service }) => service);
}

interface Wanted {
  release: ReleasedService;
  note: string;
  neighbours: Readonly<Record<string, ReleasedService>>;
}

function planRemoval(service: string, facts: DeployFacts): PlannedChange {
  const current = facts.state.services[service];
  return {
    service,
    action: "remove",
    from: current === undefined ? null : nameRelease(current.release),
    to: null,
    note: "",
    release: null,
    target: null,
    isRunning: false,
    serving: findServing(service, facts),
  };
}

function planChange(service: string, facts: DeployFacts, wanted: Wanted): PlannedChange {
  const { release } = wanted;
  const { env, testData } = facts.policy;
  const settings = hashSettings({
    service,
    release,
    env: env[service] ?? {},
    testData,
    secretMarks: facts.state.secretMarks,
    neighbours: wanted.neighbours,
  });
  const current = facts.state.services[service];
  const serving = findServing(service, facts);
  const { action, reason } = compare({ current, release, settings, serving, facts });
  const running = findRunning(service, facts, { digest: release.digest, settings });
  return {
    service,
    action,
    from: current === undefined ? null : nameRelease(current.release),
    to: nameRelease(release),
    note: [wanted.note, reason].filter((text) => text !== "").join(", "),
    release,
    target: running ?? nameInstance(service, facts, { release, settings }),
    isRunning: running !== null,
    serving,
  };
}

interface Comparison {
  current: CurrentService | undefined;
  release: ReleasedService;
  settings: string;
  serving: PlannedInstance | null;
  facts: DeployFacts;
}

function compare(question: Comparison): { action: ChangeAction; reason: string } {
  const { current, release, settings, serving, facts } = question;
  if (current === undefined) return { action: "add", reason: "" };
  if (current.release.digest !== release.digest) return { action: "update", reason: "" };
  if (current.settings !== settings) return { action: "restart", reason: "settings changed" };
  const observed = facts.observed.instances.find(({ id }) => id === current.instance);
  if (observed?.state !== "running") return { action: "restart", reason: "not running" };
  if (observed.digest !== release.digest) return { action: "restart", reason: "wrong version" };
  if (serving?.id !== current.instance) return { action: "restart", reason: "gets no traffic" };
  return { action: "keep", reason: "" };
}

function findServing(service: string, { observed, state }: DeployFacts): PlannedInstance | null {
  const id = observed.gateway.find((entry) => entry.service === service)?.instance;
  const instance = observed.instances.find((candidate) => candidate.id === id);
  return instance === undefined ? null : asPlanned(instance, state.instances[instance.id] ?? "");
}

/** A running instance that is just what the plan would start; the current one before others. */
function findRunning(
  service: string,
  { observed, state }: DeployFacts,
  wanted: { digest: string; settings: string },
): PlannedInstance | null {
  const fitting = observed.instances
    .filter((instance) => instance.service === service && instance.state === "running")
    .filter(({ id, digest }) => digest === wanted.digest && state.instances[id] === wanted.settings)
    .toSorted((left, right) => (left.id < right.id ? -1 : 1));
  const current = fitting.find(({ id }) => id === state.services[service]?.instance);
  const found = current ?? fitting[0];
  return found === undefined ? null : asPlanned(found, wanted.settings);
}

function asPlanned(instance: ObservedInstance, settings: string): PlannedInstance {
  const { id, service, version, digest } = instance;
  return { id, service, version, digest, settings };
}

function nameInstance(
  service: string,
  { state }: DeployFacts,
  { release, settings }: { release: ReleasedService; settings: string },
): PlannedInstance {
  const { version, digest } = release;
  const count = (state.instanceCounts[service] ?? 0) + 1;
  return { id: `${service}-${shortDigest(digest)}-${count}`, service, version, digest, settings };
}

/** First eight digits of a digest, without its algorithm. */
export function shortDigest(digest: string): string {
  return digest.slice(digest.indexOf(":") + 1).slice(0, 8);
}

function nameRelease({ version, digest }: ReleasedService): { version: string; digest: string } {
  return { version, digest };
}
