import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";

import type { Adapters } from "../../src/cli/adapters.ts";
import { runCli } from "../../src/cli/run-cli.ts";
import type { Clock } from "../../src/deploy/run-ports.ts";
import type { FlowsResult } from "../../src/e2e/run-flows.ts";
import type { Registry } from "../../src/registries/registry.ts";
import type { ReleaseSet } from "../../src/release/release-set.ts";
import { createTestFolder } from "../fixtures/test-folder.ts";
import { claimWorld } from "./fake-claim.ts";
import { fakeStart } from "./fake-clock.ts";
import { createFakeLedgerStore, type FakeLedgerStore } from "./fake-ledger-store.ts";
import type { FakeFaults } from "./fake-machine.ts";
import { createFakeWorld, type FakeWorld } from "./fake-world.ts";

const settings = `name: NAME
driver: process
source: working-tree
testData: true
gateway: { port: 8080, fallback: next free }
policy: { confirm: CONFIRM, readinessSeconds: 20, soakSeconds: 0, keepWarmMinutes: 0 }
`;

export interface CliResult {
  exitCode: number;
  stdout: string;
  stderr: string;
}

export interface CliInMemory {
  world: FakeWorld;
  store: FakeLedgerStore;
  /** What webhooks were sent. */
  posted: readonly { url: string; document: unknown }[];
  /** Ledger of another environment. */
  storeOf(name: string): FakeLedgerStore;
  /** Machine of another environment. */
  worldOf(name: string): FakeWorld;
  /** What the clock says. */
  clock: Clock;
  folder: string;
  /** What the working tree builds to from now on. */
  build(set: ReleaseSet): void;
  /** The same, asked anew at each build. */
  buildNext(next: () => ReleaseSet): void;
  run(...argv: string[]): Promise<CliResult>;
}

export interface CliWish {
  faults?: Partial<FakeFaults>;
  confirm?: "none" | "yes" | "type name";
  /** Further settings of `local`, as YAML. */
  more?: string;
  /** Further environments by name, with what their settings have more than `local`'s. */
  others?: Record<string, string>;
  env?: Record<string, string>;
  signal?: AbortSignal;
  hookFails?: boolean;
  /** What is wrong with mails; nothing when left out. */
  mailFault?: () => string | null;
  /** How the flows in a browser end; none run when left out. */
  flows?: () => FlowsResult | Promise<FlowsResult>;
  /** What stands on standard input. */
  input?: string;
  /** How far the clock is past the fakes' beginning. */
  laterMs?: () => number;
}

/** The whole command line, but for the machine below it. */
export async function createCliInMemory(
  first: ReleaseSet,
  wish: CliWish = {},
): Promise<CliInMemory> {
  const folder = await createTestFolder("cli-");
  await mkdir(join(folder, "tools/environments"), { recursive: true });
  const names = ["local", ...Object.keys(wish.others ?? {})];
  for (const name of names) {
    const file = join(folder, `tools/environments/${name}.yaml`);
    const more = name === "local" ? (wish.more ?? "") : wish.others?.[name];
    const confirm = name === "local" ? (wish.confirm ?? "none") : "none";
    await writeFile(file, settings.replace("NAME", name).replace("CONFIRM", confirm) + more);
  }
  const places = new Map(names.map((name) => [name, createPlace(wish.faults)]));
  const { world, store } = findPlace(places, "local");
  let built = () => first;
  const posted: { url: string; document: unknown }[] = [];
  const clock: Clock = {
    now: () => new Date(Date.parse(fakeStart) + (wish.laterMs?.() ?? 0)),
    sleep: (_ms, signal) => untilAborted(signal),
  };
  const adapters: Adapters = {
    clock,
    createStore: async ({ environment }) => findPlace(places, environment).store,
    createRegistry: async () => noRegistry,
    buildSet: async () => built(),
    readSet: async () => built(),
    async postJson(url, document) {
      posted.push({ url, document });
      if (wish.hookFails === true) throw new Error(`${url} is gone`);
    },
    tryMail: async () => wish.mailFault?.() ?? null,
    runFlows: async () => wish.flows?.() ?? noFlows,
    async connect({ environment, startIfMissing, epoch }) {
      const place = findPlace(places, environment.name);
      place.isUp ||= startIfMissing;
      return place.isUp ? claimWorld(place.world, epoch) : null;
    },
  };
  return {
    world,
    store,
    storeOf: (name) => findPlace(places, name).store,
    worldOf: (name) => findPlace(places, name).world,
    posted,
    clock,
    folder,
    build(set) {
      built = () => set;
    },
    buildNext(next) {
      built = next;
    },
    async run(...argv) {
      const out = { stdout: "", stderr: "" };
      const exitCode = await runCli(argv, {
        cwd: folder,
        env: { GITHUB_ACTOR: "ada", ...wish.env },
        stdin: Readable.from(wish.input === undefined ? [] : [wish.input]),
        stdout: { write: (text) => (out.stdout += text) },
        stderr: { write: (text) => (out.stderr += text) },
        signal: wish.signal ?? new AbortController().signal,
        adapters,
      });
      return { exitCode, ...out };
    },
  };
}

interface Place {
  world: FakeWorld;
  store: FakeLedgerStore;
  isUp: boolean;
}

function createPlace(faults: Partial<FakeFaults> = {}): Place {
  return { world: createFakeWorld(faults), store: createFakeLedgerStore(), isUp: false };
}

function findPlace(places: ReadonlyMap<string, Place>, name: string): Place {
  const place = places.get(name);
  if (place === undefined) throw new Error(`The test has no environment ${name}.`);
  return place;
}

/** Short waits are over in the next turn; the lease's renewal sleeps until it is released. */
function untilAborted(signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, 50);
    signal?.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

const noFlows: FlowsResult = {
  durationMs: 0,
  flows: [],
  errors: ["No flow ran."],
  isPassed: false,
  report: "report.html",
};

const noRegistry: Registry = {
  readDigest: async () => null,
  readManifest: async () => null,
  readBlob: async () => new ReadableStream(),
  hasBlob: async () => false,
  writeBlob: async () => "present",
  writeManifest: async () => "",
  listTags: async () => [],
  listReferrers: async () => [],
};
