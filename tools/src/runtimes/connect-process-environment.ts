import { dirname, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";

import toolPackage from "../../package.json" with { type: "json" };
import { type ControlClient, createControlClient } from "../daemon/control-client.ts";
import { planDaemonPaths } from "../daemon/daemon-paths.ts";
import { readDaemonState } from "../daemon/daemon-state.ts";
import { daemonScript, launchDaemon } from "../daemon/launch-daemon.ts";
import { type Hello, protocolVersion } from "../daemon/protocol.ts";
import { SlipwayError } from "../errors.ts";
import { createEdgeGateway } from "../gateways/edge-gateway.ts";
import type { ConnectOptions, EnvironmentConnection } from "../hosts/platform.ts";
import { createProcessPlatform } from "../hosts/process-platform.ts";
import { createProcessRuntime } from "./process-runtime.ts";

const pollMs = 25;
const answerLimitMs = 20_000;

/** Speaks to the environment's daemon, starting or replacing it where allowed; null when none runs. */
export async function connectProcessEnvironment(
  options: ConnectOptions,
): Promise<EnvironmentConnection | null> {
  const paths = planDaemonPaths(options.stateFolder);
  const client = createControlClient(paths.socket, options.epoch);
  const hello = await reachDaemon(client, options);
  if (hello === null) {
    client.close();
    return null;
  }
  if (options.epoch !== undefined) await client.call("claim", { epoch: options.epoch });
  return {
    runtime: createProcessRuntime({ client, hello, registry: options.registry, logs: paths.logs }),
    gateway: createEdgeGateway(client, hello),
    platform: createProcessPlatform(client, hello),
    epoch: hello.epoch,
    close: () => Promise.resolve(client.close()),
  };
}

async function reachDaemon(client: ControlClient, options: ConnectOptions): Promise<Hello | null> {
  const found = await askHello(client);
  if (found !== null && isOurs(found)) return found;
  if (!options.startIfMissing && !(await isLeftBehind(options, found))) return null;
  if (found === null) await launchDaemon(planOptions(options, 0), planLaunch(options));
  else await replaceDaemon(client, options, found);
  return await awaitHello(client);
}

/** A daemon of another version of this tool is replaced: its services run on, under the new one. */
function isOurs({ protocol, toolVersion }: Hello): boolean {
  return protocol === protocolVersion && toolVersion === toolPackage.version;
}

/** True when a daemon has died or is outdated: what it left must be looked after, whoever asks. */
async function isLeftBehind(
  { stateFolder }: ConnectOptions,
  found: Hello | null,
): Promise<boolean> {
  if (found !== null) return true;
  const { state } = await readDaemonState(planDaemonPaths(stateFolder).state);
  return state !== null && state.processes.length > 0;
}

/** The old daemon hands its connections to the new one; where it does not know how, there is a short gap. */
async function replaceDaemon(client: ControlClient, options: ConnectOptions, found: Hello) {
  const own = planOptions(options, answerLimitMs);
  const launch = planLaunch(options);
  if (found.protocol === protocolVersion) {
    const successor = { nodePath: launch.nodePath, script: daemonScript };
    await client.call("replace", { ...successor, options: JSON.stringify(own) });
    return;
  }
  await client.call("leave", null);
  await launchDaemon(own, launch);
}

function planOptions({ stateFolder, environment }: ConnectOptions, awaitLockMs: number) {
  const { name, testData, gateway } = environment;
  const toolVersion = toolPackage.version;
  return { stateFolder, environment: { name, testData, gateway }, toolVersion, awaitLockMs };
}

function planLaunch({ stateFolder }: ConnectOptions) {
  // Halves the daemon's start, which is the gap that people see after it died, and saves it 25 MB.
  const NODE_COMPILE_CACHE = join(dirname(stateFolder), "compile-cache");
  return {
    nodePath: process.execPath,
    env: { ...pickVisible(process.env), NODE_COMPILE_CACHE },
  };
}

/** The daemon outlives the command, so it gets nothing that was meant for the command alone. */
function pickVisible(env: NodeJS.ProcessEnv): Record<string, string | undefined> {
  const { PATH, HOME, USER, LANG, TZ, TMPDIR } = env;
  return { PATH, HOME, USER, LANG, TZ, TMPDIR };
}

async function awaitHello(client: ControlClient): Promise<Hello> {
  const deadlineMs = Date.now() + answerLimitMs;
  while (Date.now() < deadlineMs) {
    const hello = await askHello(client);
    if (hello !== null && isOurs(hello)) return hello;
    await delay(pollMs);
  }
  throw silentDaemon();
}

function silentDaemon(cause?: unknown): SlipwayError {
  return new SlipwayError(
    "DAEMON_FAILED",
    `The environment's daemon did not answer within ${answerLimitMs / 1000} s.`,
    { hint: "It may be suspended, or the machine too busy. What it runs keeps running.", cause },
  );
}

async function askHello(client: ControlClient): Promise<Hello | null> {
  try {
    return await client.call("hello", null, AbortSignal.timeout(answerLimitMs));
  } catch (cause) {
    if (isAbsent(cause)) return null;
    throw isTimeout(cause) ? silentDaemon(cause) : cause;
  }
}

function isTimeout(cause: unknown): boolean {
  return cause instanceof Error && cause.name === "AbortError";
}

function isAbsent(cause: unknown): boolean {
  const code = cause instanceof Error && "code" in cause ? cause.code : null;
  return code === "ENOENT" || code === "ECONNREFUSED" || code === "ECONNRESET";
}
