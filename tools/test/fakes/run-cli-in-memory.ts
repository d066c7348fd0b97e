import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

import type { Adapters } from "../../src/cli/adapters.ts";
import { runCli } from "../../src/cli/run-cli.ts";
import type { Registry } from "../../src/registries/registry.ts";
import type { ReleaseSet } from "../../src/release/release-set.ts";
import { createTestFolder } from "../fixtures/test-folder.ts";
import { createFakeClock } from "./fake-clock.ts";
import { createFakeLedgerStore, type FakeLedgerStore } from "./fake-ledger-store.ts";
import type { FakeFaults } from "./fake-machine.ts";
import { createFakeWorld, type FakeWorld } from "./fake-world.ts";

const settings = `name: local
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
  folder: string;
  /** What the working tree builds to from now on. */
  build(set: ReleaseSet): void;
  /** The same, asked anew at each build. */
  buildNext(next: () => ReleaseSet): void;
  run(...argv: string[]): Promise<CliResult>;
}

export interface CliWish {
  faults?: Partial<FakeFaults>;
  confirm?: "none" | "yes";
  env?: Record<string, string>;
  signal?: AbortSignal;
}

/** The whole command line, but for the machine below it. */
export async function createCliInMemory(
  first: ReleaseSet,
  wish: CliWish = {},
): Promise<CliInMemory> {
  const folder = await createTestFolder("cli-");
  await mkdir(join(folder, "tools/environments"), { recursive: true });
  const file = join(folder, "tools/environments/local.yaml");
  await writeFile(file, settings.replace("CONFIRM", wish.confirm ?? "none"));
  const world = createFakeWorld(wish.faults);
  const store = createFakeLedgerStore();
  let built = () => first;
  let isUp = false;
  const adapters: Adapters = {
    clock: { ...createFakeClock(), sleep: (_ms, signal) => untilAborted(signal) },
    createStore: async () => store,
    createRegistry: async () => noRegistry,
    buildSet: async () => built(),
    async connect({ startIfMissing }) {
      isUp ||= startIfMissing;
      return isUp ? { ...world, close: async () => {} } : null;
    },
  };
  return {
    world,
    store,
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
        stdin: {},
        stdout: { write: (text) => (out.stdout += text) },
        stderr: { write: (text) => (out.stderr += text) },
        signal: wish.signal ?? new AbortController().signal,
        adapters,
      });
      return { exitCode, ...out };
    },
  };
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

const noRegistry: Registry = {
  readManifest: async () => null,
  readBlob: async () => new ReadableStream(),
  hasBlob: async () => false,
  writeBlob: async () => "present",
  writeManifest: async () => "",
  listTags: async () => [],
  listReferrers: async () => [],
};
