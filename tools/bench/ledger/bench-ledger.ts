import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import type { PlanPolicy } from "../../src/deploy/deploy-facts.ts";
import { emptyState } from "../../src/deploy/environment-state.ts";
import {
  firstPrevHash,
  type LedgerEvent,
  type LedgerRecord,
  sealRecord,
} from "../../src/deploy/ledger-record.ts";
import { planDeploy } from "../../src/deploy/plan-deploy.ts";
import { createLocalDirStore } from "../../src/ledger/local-dir.ts";
import { readLedgerState } from "../../src/ledger/read-ledger-state.ts";
import { createReleaseSet } from "../../src/release/create-release-set.ts";
import type { ReleasedService } from "../../src/release/release-set.ts";
import type { BenchOptions, BenchResult } from "../bench.ts";
import { findPercentile } from "../measure.ts";

const defaultRounds = 20;
const wantedRecords = 100_000;
const names = ["core", "mailer", "events", "statutory", "discounts", "frontend"];

const policy: PlanPolicy = {
  environment: "bench",
  testData: false,
  readinessSeconds: 60,
  soakSeconds: 30,
  keepWarmMinutes: 10,
  keepBackups: null,
  onFailure: "return",
  isStrict: true,
  env: {},
};

const release: ReleasedService = {
  version: "1.0.0",
  digest: `sha256:${"1".repeat(64)}`,
  imageKey: `sha256:${"2".repeat(64)}`,
  schema: { min: 0, max: 1 },
  needs: {
    port: 8084,
    routes: [{ path: "/api/one", strip: true }],
    health: { liveness: "/healthcheck", readiness: "/readiness" },
    needs: { services: [], database: true },
    secrets: [{ name: "SERVICE_TOKEN", generate: "service-token" }],
    resources: { memoryMb: 128 },
    drainSeconds: 10,
  },
};

/** How long a command needs to know an environment's state when its ledger has grown old. */
export async function benchLedger({ rounds, say }: BenchOptions): Promise<BenchResult> {
  const folder = await mkdtemp(path.join(tmpdir(), "slipway-bench-ledger-"));
  try {
    say(`writing ${wantedRecords} records`);
    const bytes = await writeLedger(path.join(folder, "ledger.jsonl"));
    const firstMs = await time(() => readLedgerState(createLocalDirStore(folder)));
    const timesMs: number[] = [];
    for (let round = 0; round < (rounds ?? defaultRounds); round += 1) {
      timesMs.push(await time(() => readLedgerState(createLocalDirStore(folder))));
    }
    return {
      name: "ledger",
      setting: `${wantedRecords} records of deployments of ${names.length} services, ${Math.round(bytes / 1e6)} MB`,
      table: {
        header: ["reading the state", "p50 ms", "p95 ms"],
        rows: [
          ["all of it, each hash checked", firstMs, firstMs],
          [
            "from the last snapshot on",
            findPercentile(timesMs, 0.5),
            findPercentile(timesMs, 0.95),
          ],
        ],
      },
      rows: [],
      leftOut: [],
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** One deployment's records, again and again, each chained to the one before. */
async function writeLedger(file: string): Promise<number> {
  const pattern = planEvents();
  const lines: string[] = [];
  let last: Pick<LedgerRecord, "seq" | "hash"> = { seq: 0, hash: firstPrevHash };
  while (last.seq < wantedRecords) {
    const event = pattern[last.seq % pattern.length];
    if (event === undefined) break;
    const record = sealRecord({
      ...event,
      seq: last.seq + 1,
      time: "2026-11-23T12:00:00.000Z",
      run: `run-${Math.floor(last.seq / pattern.length)}`,
      epoch: 1,
      actor: { name: "Ada Lovelace <ada@example.org>", kind: "git" },
      reason: null,
      prevHash: last.hash,
    });
    lines.push(`${JSON.stringify(record)}\n`);
    last = record;
  }
  const text = lines.join("");
  await writeFile(file, text);
  return text.length;
}

/** What the ledger gets to hear of one deployment. */
function planEvents(): readonly LedgerEvent[] {
  const plan = planDeploy({
    kind: "deploy",
    policy,
    wanted: createReleaseSet("abc123", Object.fromEntries(names.map((name) => [name, release]))),
    only: [],
    force: false,
    seed: false,
    state: emptyState,
    observed: { instances: [], gateway: [] },
    pins: [],
    now: "2026-11-23T12:00:00.000Z",
  });
  return [
    { event: "run-opened", data: { plan } },
    ...plan.steps.flatMap((_step, index): LedgerEvent[] => [
      { event: "step-intended", data: { index } },
      { event: "step-done", data: { index, durationMs: 1 } },
    ]),
    { event: "run-closed", data: { outcome: "committed", exitCode: 0, message: null } },
  ];
}

async function time(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}
