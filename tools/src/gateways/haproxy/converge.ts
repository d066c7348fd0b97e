import { setTimeout as delay } from "node:timers/promises";

import { SlipwayError } from "../../errors.ts";
import type { GatewayFacts } from "./gateway-facts.ts";
import type { HaproxyHost } from "./haproxy-host.ts";
import { converse } from "./master-client.ts";
import {
  parseFailedReloads,
  parseFingerprint,
  parseMap,
  parseServers,
  parseSessions,
  parseWorkers,
  type Worker,
} from "./parse-observed.ts";
import { planServerCommands } from "./plan-commands.ts";
import { type MapFile, planRelayedMaps } from "./plan-maps.ts";

const reloadLimitMs = 20_000;
const endLimitMs = 2000;
const pollMs = 20;
/** A conversation must fit into HAProxy's buffer. */
const payloadBytes = 12_000;

export interface Wanted {
  facts: GatewayFacts;
  maps: readonly MapFile[];
  fingerprint: string;
}

/**
 * Makes every worker do what the facts say, also those that a reload has left behind: their clients' next request still
 * comes to them.
 */
export async function converge(host: HaproxyHost, wanted: Wanted): Promise<{ reloaded: boolean }> {
  const workers = await readWorkers(host);
  const current = workers.find(({ isCurrent }) => isCurrent);
  const found = current === undefined ? null : await readFingerprint(host, current);
  const reloaded = found !== wanted.fingerprint;
  if (reloaded) await reload(host, wanted.fingerprint);
  const all = reloaded ? await readWorkers(host) : workers;
  // One after the other: the master takes few connections at a time.
  for (const worker of all) await convergeWorker(host, worker, wanted);
  return { reloaded };
}

export async function readWorkers({ socket }: HaproxyHost): Promise<Worker[]> {
  return parseWorkers(await converse(socket, "show proc"));
}

/** Requests, streams and WebSockets on one instance, over all workers. */
export async function readSessions(host: HaproxyHost, address: string): Promise<number> {
  let sum = 0;
  for (const worker of await readWorkers(host)) {
    const sessions = parseSessions(await tell(host, worker, "show stat -1 4 -1"));
    sum += sessions.get(address) ?? 0;
  }
  return sum;
}

/** Servers of the worker that takes new connections. */
export async function readServers(host: HaproxyHost) {
  const current = (await readWorkers(host)).find(({ isCurrent }) => isCurrent);
  return parseServers(current === undefined ? "" : await tell(host, current, "show servers state"));
}

async function convergeWorker(host: HaproxyHost, worker: Worker, { facts, maps }: Wanted) {
  try {
    // A route leads to its backend before the instance is there, and is gone before the instance is.
    const tables = worker.isCurrent ? maps : planRelayedMaps(maps);
    for (const map of tables) await convergeMap(host, worker, map);
    if (!worker.isCurrent) return;
    const observed = parseServers(await tell(host, worker, "show servers state"));
    const commands = planServerCommands(facts, observed);
    if (commands.length > 0) checkSilence(await tell(host, worker, ...commands));
  } catch (cause) {
    // One that was left behind ends with its last connection, also in the middle of a sentence.
    if (worker.isCurrent || !(await isEnding(host, worker))) throw cause;
  }
}

async function isEnding(host: HaproxyHost, worker: Worker): Promise<boolean> {
  const deadlineMs = Date.now() + endLimitMs;
  while (Date.now() < deadlineMs) {
    if (!(await readWorkers(host)).some(({ pid }) => pid === worker.pid)) return true;
    await delay(pollMs);
  }
  return false;
}

async function convergeMap(host: HaproxyHost, worker: Worker, { name, lines }: MapFile) {
  const file = `${host.folder}/${name}`;
  const observed = parseMap(await tell(host, worker, `show map ${file}`));
  if (observed.join("\n") === lines.join("\n")) return;
  const prepared = await tell(host, worker, `prepare map ${file}`);
  const version = /version created: (\d+)/.exec(prepared)?.[1];
  if (version === undefined) throw refused(prepared);
  for (const part of splitLines(lines)) {
    const payload = `add map @${version} ${file} <<\n${part.join("\n")}\n`;
    checkSilence(await tell(host, worker, payload));
  }
  checkSilence(await tell(host, worker, `commit map @${version} ${file}`));
}

async function reload(host: HaproxyHost, fingerprint: string): Promise<void> {
  const failedBefore = parseFailedReloads(await converse(host.socket, "show proc"));
  await converse(host.socket, "reload").catch(() => "the master has replaced itself at once");
  const deadlineMs = Date.now() + reloadLimitMs;
  while (Date.now() < deadlineMs) {
    await delay(pollMs);
    const text = await converse(host.socket, "show proc").catch(() => "");
    if (parseFailedReloads(text) > failedBefore) break;
    const current = parseWorkers(text).find(({ isCurrent }) => isCurrent);
    if (current === undefined) continue;
    if ((await readFingerprint(host, current).catch(() => null)) === fingerprint) return;
  }
  throw new SlipwayError(
    "GATEWAY_FAILED",
    "HAProxy did not take over its new configuration; the worker before it goes on.",
    { hint: "See why in the gateway's log." },
  );
}

async function readFingerprint(host: HaproxyHost, worker: Worker): Promise<string | null> {
  return parseFingerprint(await tell(host, worker, "show info"));
}

async function tell({ socket }: HaproxyHost, { pid }: Worker, ...commands: string[]) {
  return await converse(socket, commands.map((command) => `@!${pid} ${command}`).join("; "));
}

/** A change is answered by nothing, or by what has changed. */
function checkSilence(answer: string): void {
  const lines = answer.split("\n").filter((line) => line.trim() !== "");
  const expected = /^(IP changed|port changed|no need to change)/;
  if (!lines.every((line) => expected.test(line))) throw refused(answer);
}

function refused(answer: string): SlipwayError {
  return new SlipwayError("GATEWAY_FAILED", `HAProxy refused a change: ${answer.trim()}`);
}

function splitLines(lines: readonly string[]): string[][] {
  const parts: string[][] = [];
  let sizeBytes = Number.POSITIVE_INFINITY;
  for (const line of lines) {
    const lineBytes = Buffer.byteLength(line) + 1;
    if (sizeBytes + lineBytes > payloadBytes) {
      parts.push([]);
      sizeBytes = 0;
    }
    parts.at(-1)?.push(line);
    sizeBytes += lineBytes;
  }
  return parts;
}
