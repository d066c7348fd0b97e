import { chooseHighest, isForward } from "./choose-latest.ts";
import type { BranchService, ReleaseFacts, StoredService } from "./release-facts.ts";
import {
  formatReleaseName,
  type ReleasePlan,
  type ReleaseStep,
  type ServiceOutlook,
} from "./release-plan.ts";

/** What is missing between the branch and the registry, the git server and GitHub. The same facts give the same plan. */
export function planRelease(facts: ReleaseFacts): ReleasePlan {
  const goals = facts.checkout.services.map((service) => planGoal(facts, service));
  return {
    version: 1,
    branch: facts.branch,
    commit: facts.checkout.commit,
    services: goals.map(describeGoal),
    steps: [...planVersions(facts), ...planImages(goals), ...planNames(facts, goals)],
  };
}

/** A version that should be everywhere, and where it is. */
interface Goal {
  service: string;
  version: string;
  name: string;
  stored: StoredService;
  /** Its tag is in the registry. */
  isReleased: boolean;
  isNamed: boolean;
  isClaimed: boolean;
}

function planGoal({ checkout, remote, stored, how }: ReleaseFacts, branch: BranchService): Goal {
  const { service } = branch;
  // A pull request changes nothing until it is merged.
  const next = how === "push" ? checkout.pending : [];
  const planned = next.find(({ packageName }) => packageName === branch.packageName);
  const version = planned?.to ?? branch.version;
  const name = formatReleaseName(service, version);
  const actual = stored[service] ?? nothingStored;
  const isNew = planned !== undefined;
  return {
    service,
    version,
    name,
    // What is known is of the version before.
    stored: isNew ? forgetVersion(actual) : actual,
    isReleased: actual.versions.includes(version),
    isNamed: name in remote.tags,
    isClaimed: name in remote.claims,
  };
}

function forgetVersion(stored: StoredService): StoredService {
  const hasRelease = stored.hasRelease === null ? null : false;
  return { ...stored, known: null, isPublished: false, hasRelease };
}

const nothingStored: StoredService = {
  versions: [],
  latest: null,
  highest: null,
  latestVersion: null,
  known: null,
  isPublished: false,
  hasRelease: null,
};

function describeGoal(goal: Goal): ServiceOutlook {
  const { service, version, stored } = goal;
  const isComplete = goal.isNamed && stored.hasRelease !== false;
  const finished = isComplete && planLatest(goal).length === 0 ? "keep" : "finish";
  return {
    service,
    from: chooseHighest(stored.versions),
    to: version,
    action: goal.isReleased ? finished : "release",
  };
}

function planVersions({ checkout, how }: ReleaseFacts): ReleaseStep[] {
  return checkout.pending.length === 0
    ? []
    : [{ kind: "write-versions", versions: checkout.pending, how }];
}

function planImages(goals: readonly Goal[]): ReleaseStep[] {
  const wanted = goals.filter(({ isReleased }) => !isReleased);
  const unpublished = wanted.filter(({ stored }) => !stored.isPublished);
  const services = unpublished.map(({ service }) => service);
  const names = unpublished.map(({ name }) => name);
  return [
    ...(services.length > 0 ? [{ kind: "build", services } as const] : []),
    ...unpublished.map(({ service, version }) => ({ kind: "publish", service, version }) as const),
    ...(names.length > 0 ? [{ kind: "claim", names } as const] : []),
    ...wanted.map(({ service, version }) => ({ kind: "tag-image", service, version }) as const),
  ];
}

function planNames(facts: ReleaseFacts, goals: readonly Goal[]): ReleaseStep[] {
  const names = goals.filter(({ isNamed }) => !isNamed).map(({ name }) => name);
  const unannounced = goals.filter(({ stored }) => stored.hasRelease === false);
  return [
    ...(isInNewestSet(facts, goals) ? [] : [planSet(goals)]),
    ...(names.length > 0 ? [{ kind: "tag-commit", names } as const] : []),
    ...unannounced.map(({ name }) => ({ kind: "create-release", name }) as const),
    ...goals.flatMap(planLatest),
  ];
}

function planSet(goals: readonly Goal[]): ReleaseStep {
  const versions = goals.map(({ service, version }) => [service, version] as const);
  return { kind: "write-set", services: Object.fromEntries(versions) };
}

/** A maintenance branch has sets of its own, which are not looked for: one is written when a version is new. */
function isInNewestSet(
  { newestSet, isMaintenance }: ReleaseFacts,
  goals: readonly Goal[],
): boolean {
  if (goals.length === 0) return true;
  if (isMaintenance) return goals.every(({ isReleased, isNamed }) => isReleased && isNamed);
  const services = newestSet?.services ?? {};
  return (
    Object.keys(services).length === goals.length &&
    goals.every(({ service, version }) => services[service]?.version === version)
  );
}

function planLatest({ service, version, stored }: Goal): ReleaseStep[] {
  const versions = stored.versions.includes(version)
    ? stored.versions
    : [...stored.versions, version];
  const target = chooseHighest(versions);
  if (target === null) return [];
  const isThere = stored.versions.includes(target) && stored.latest === stored.highest;
  if (isThere || !isForward(stored.latestVersion, target)) return [];
  return [{ kind: "move-latest", service, from: stored.latestVersion, to: target }];
}
