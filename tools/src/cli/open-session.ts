import { join, resolve } from "node:path";

import { chooseCompose } from "../config/choose-compose.ts";
import type { Environment } from "../config/environment-schema.ts";
import { readEnvironment } from "../config/read-environment.ts";
import type { Observed, PlanPolicy } from "../deploy/deploy-facts.ts";
import type { EnvironmentState } from "../deploy/environment-state.ts";
import { SlipwayError } from "../errors.ts";
import type { ConnectOptions, EnvironmentConnection, EnvironmentFacts } from "../hosts/platform.ts";
import type { LedgerStore } from "../ledger/ledger-store.ts";
import { readLedgerState } from "../ledger/read-ledger-state.ts";
import type { CommandContext, Flags } from "./command.ts";

/** One command at work on one environment. */
export interface Session {
  context: CommandContext;
  flags: Flags;
  environment: Environment;
  policy: PlanPolicy;
  stateFolder: string;
  store: LedgerStore;
}

export async function openSession(context: CommandContext, flags: Flags): Promise<Session> {
  const environment = await readEnvironment(context.workspace, flags.env);
  const stateFolder = findStateFolder(context, environment.name);
  return {
    context,
    flags,
    environment,
    policy: choosePolicy(environment),
    stateFolder,
    store: await openStore(context, environment),
  };
}

/** Ledger and lock of an environment: beside its processes on this machine, or on the first of its hosts. */
export function openStore(context: CommandContext, environment: Environment): Promise<LedgerStore> {
  const { name, driver } = environment;
  const hosts = driver === "compose" ? chooseCompose(environment).hosts : [];
  return context.adapters.createStore({
    environment: name,
    stateFolder: findStateFolder(context, name),
    hosts,
  });
}

function findStateFolder({ workspace, env }: CommandContext, name: string): string {
  const root = env["SLIPWAY_STATE"];
  return root === undefined || root === ""
    ? join(workspace, ".slipway", name)
    : resolve(root, name);
}

function choosePolicy({ name, source, testData, policy, services }: Environment): PlanPolicy {
  const { readinessSeconds, soakSeconds, keepWarmMinutes } = policy;
  const env = Object.entries(services ?? {}).map(([service, settings]) => [service, settings.env]);
  return {
    environment: name,
    testData,
    readinessSeconds,
    soakSeconds,
    keepWarmMinutes,
    keepBackups: policy.keepBackups ?? null,
    onFailure: policy.onFailure ?? "return",
    isStrict: source === "registry",
    env: Object.fromEntries(env),
  };
}

export async function readState({ store }: Session): Promise<EnvironmentState> {
  return (await readLedgerState(store)).state;
}

/** Null when nothing runs. Throws when a host can't be reached, unless that matters not. */
export async function findConnection(
  session: Session,
  { mayLackHosts = false } = {},
): Promise<EnvironmentConnection | null> {
  return connect(session, { startIfMissing: false, mayLackHosts });
}

/** Starts the environment's daemon when it does not run; shuts out whoever held the lock before. */
export async function openConnection(
  session: Session,
  epoch: number,
): Promise<EnvironmentConnection> {
  const connection = await connect(session, { startIfMissing: true, epoch });
  if (connection !== null) return connection;
  throw new Error(`${session.environment.name} did not start and did not say why.`);
}

async function connect(
  session: Session,
  wish: Pick<ConnectOptions, "startIfMissing" | "mayLackHosts" | "epoch">,
): Promise<EnvironmentConnection | null> {
  const { context, stateFolder, flags } = session;
  const { workspace, adapters } = context;
  const connection = await adapters.connect({
    stateFolder,
    workspace,
    environment: chooseFacts(session),
    registry: await adapters.createRegistry(workspace, chooseSource(session)),
    ...wish,
  });
  if (connection !== null) checkPort(connection.gateway.publicUrl(), flags);
  return connection;
}

/** Where images may come from: also an environment of the working tree runs a release that is named. */
function chooseSource({ environment, flags }: Session): Environment["source"] {
  return flags.release === undefined ? environment.source : "registry";
}

function chooseFacts({ environment, flags }: Session): EnvironmentFacts {
  const { name, testData, gateway, driver } = environment;
  const asked = flags.port === undefined ? null : { port: flags.port, fallback: "fail" as const };
  const compose = driver === "compose" ? { compose: chooseCompose(environment) } : {};
  return { name, testData, gateway: asked ?? gateway, ...compose };
}

function checkPort(publicUrl: string, { port, env }: Flags): void {
  if (port === undefined || new URL(publicUrl).port === String(port)) return;
  throw new SlipwayError(
    "FLAGS_INVALID",
    `${env} already runs at ${publicUrl}, not on port ${port}.`,
    {
      hint: `Nothing was touched. To move it: npx nx run tools:stop --env=${env}, then deploy with --port=${port}`,
    },
  );
}

export async function observe(connection: EnvironmentConnection | null): Promise<Observed> {
  if (connection === null) return { instances: [], gateway: [] };
  const [instances, gateway] = await Promise.all([
    connection.runtime.list(),
    connection.gateway.describe(),
  ]);
  return { instances, gateway };
}
