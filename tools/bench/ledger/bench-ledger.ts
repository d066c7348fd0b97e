import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { firstPrevHash, type LedgerRecord, sealRecord } from "../../src/deploy/ledger-record.ts";
import { createLocalDirStore } from "../../src/ledger/local-dir.ts";
import { readLedgerState } from "../../src/ledger/read-ledger-state.ts";
import { buildSet } from "../../test/fakes/build-release.ts";
import { createFakeEnvironment } from "../../test/fakes/fake-environment.ts";
import type { BenchOptions, BenchResult } from "../bench.ts";
import { findPercentile } from "../measure.ts";

const defaultRounds = 20;
const wantedRecords = 100_000;
const names = ["core", "mailer", "events", "statutory", "discounts", "frontend"];

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

/** One deployment's real records, again and again, each chained to the one before. */
async function writeLedger(file: string): Promise<number> {
  const pattern = await recordDeployment();
  const lines: string[] = [];
  let last: Pick<LedgerRecord, "seq" | "hash"> = { seq: 0, hash: firstPrevHash };
  while (last.seq < wantedRecords) {
    const round = Math.floor(last.seq / pattern.length);
    const { hash: _hash, ...draft } = pattern[last.seq % pattern.length] ?? pattern[0] ?? never();
    const place = { seq: last.seq + 1, prevHash: last.hash, run: `run-${round}` };
    const record = sealRecord({ ...draft, ...place });
    lines.push(`${JSON.stringify(record)}\n`);
    last = record;
  }
  const text = lines.join("");
  await writeFile(file, text);
  return text.length;
}

async function recordDeployment(): Promise<readonly LedgerRecord[]> {
  const environment = createFakeEnvironment();
  await environment.deploy(buildSet(Object.fromEntries(names.map((name) => [name, {}]))));
  return (await environment.store.read()).records;
}

async function time(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

function never(): never {
  throw new Error("A deployment leaves records.");
}
