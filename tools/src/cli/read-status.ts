import { findCommit } from "../deploy/choose-recorded.ts";
import type { Observed } from "../deploy/deploy-facts.ts";
import type { CurrentService, EnvironmentState, Pin } from "../deploy/environment-state.ts";
import { hashReleases } from "../deploy/hash-configuration.ts";
import { shortDigest } from "../deploy/plan-changes.ts";
import type { EnvironmentConnection } from "../hosts/platform.ts";
import { describeHolder } from "../ledger/describe-holder.ts";
import type { Health, ServiceStatus, Status } from "../output/status.ts";
import type { ObservedInstance } from "../runtimes/runtime.ts";
import { observe, type Session } from "./open-session.ts";

interface Sources {
  state: EnvironmentState;
  connection: EnvironmentConnection | null;
}

/** Asks everything that runs; changes nothing. */
export async function readStatus(session: Session, sources: Sources): Promise<Status> {
  const { state, connection } = sources;
  const observed = await observe(connection);
  const services = await Promise.all(
    Object.entries(state.services).map(([name, current]) =>
      readService({ name, current, pin: state.pins[name] }, observed, connection),
    ),
  );
  return {
    type: "status",
    version: 1,
    environment: session.environment.name,
    address: connection?.gateway.publicUrl() ?? null,
    inbox: connection?.platform.inboxUrl() ?? null,
    set: state.set,
    commit: state.set === null ? null : findCommit(state),
    services,
    lock: await readLock(session),
    openRun: state.openRun?.run ?? null,
    behind: describeBehind(state, connection),
    freeze: describeFreeze(state, session.context.adapters.clock.now()),
    maintenance: describeMaintenance(state),
    verification: describeVerification(state),
  };
}

function describeBehind(
  { behind }: EnvironmentState,
  connection: EnvironmentConnection | null,
): readonly string[] {
  const lost = connection?.platform.lostHosts?.() ?? [];
  return [
    ...lost.map((host) => `${host} can't be reached; of its services nothing is known.`),
    ...Object.entries(behind).map(
      ([host, since]) => `${host} is behind since ${since}, when it went away during a run.`,
    ),
  ];
}

function describeFreeze({ freeze }: EnvironmentState, now: Date): string | null {
  if (freeze === null) return null;
  const { until, since, actor, reason } = freeze;
  if (until !== null && new Date(until) <= now) return null;
  const end = until === null ? "" : ` until ${until}`;
  return `by ${actor.name} since ${since}${end}${reason === null ? "" : `: ${reason}`}`;
}

function describeMaintenance({ maintenance }: EnvironmentState): string | null {
  if (maintenance === null) return null;
  const { message, since, actor } = maintenance;
  return `by ${actor.name} since ${since}: ${message}`;
}

function describeVerification({ verifications, services }: EnvironmentState): string | null {
  const releases = Object.entries(services).map(([name, { release }]) => [name, release] as const);
  const content = hashReleases(Object.fromEntries(releases));
  const found = verifications.find((one) => one.content === content);
  if (found === undefined) return null;
  return `${found.isPassed ? "passed" : "failed"} on ${found.at} (${found.suites.join(", ")})`;
}

async function readLock({ store, context }: Session): Promise<string | null> {
  const { holder } = await store.readLease();
  const now = context.adapters.clock.now();
  if (holder === null || Date.parse(holder.expiresAt) <= now.getTime()) return null;
  return describeHolder(holder, now);
}

interface Recorded {
  name: string;
  current: CurrentService;
  pin: Pin | undefined;
}

async function readService(
  { name, current, pin }: Recorded,
  observed: Observed,
  connection: EnvironmentConnection | null,
): Promise<ServiceStatus> {
  const instance = observed.instances.find(({ id }) => id === current.instance);
  const { version, digest } = current.release;
  return {
    name,
    version,
    digest,
    health: await readHealth(current, instance, connection),
    drift: connection === null ? null : findDrift(name, { current, instance, observed }),
    since: current.since,
    pinned: pin !== undefined,
    pin: pin === undefined ? null : describePin(pin),
    instance: current.instance,
    pid: instance?.pid ?? null,
    restarts: instance?.restarts ?? 0,
  };
}

async function readHealth(
  { release }: CurrentService,
  instance: ObservedInstance | undefined,
  connection: EnvironmentConnection | null,
): Promise<Health> {
  if (connection === null || instance === undefined || instance.state === "exited")
    return "stopped";
  if (instance.state === "restarting") return "restarting";
  const answer = await connection.runtime.probe(instance.id, release.needs.health.readiness);
  if (answer === null) return "unreachable";
  return answer.status === 200 ? "healthy" : "unready";
}

interface DriftFacts {
  current: CurrentService;
  instance: ObservedInstance | undefined;
  observed: Observed;
}

function findDrift(name: string, { current, instance, observed }: DriftFacts): string | null {
  if (instance === undefined || instance.state === "exited") return "not running";
  if (instance.digest !== current.release.digest) return "wrong version";
  const route = observed.gateway.find(({ service }) => service === name);
  return route?.instance === current.instance ? null : "gets no traffic";
}

function describePin({ actor, since, reason, blocked }: Pin): string {
  const images = blocked.map(({ version, digest }) => `${version} ${shortDigest(digest)}`);
  const why = reason === null ? "" : `: ${reason}`;
  return `by ${actor.name} on ${since}${why}; blocked: ${images.join(", ")}`;
}
