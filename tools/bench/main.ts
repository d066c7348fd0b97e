/**
 * `nx run tools:bench [--only=affected,services] [--rounds=N] [--json] [--chart=<file.svg>] [--baseline=<file.json>]`:
 * measures us and our peers on the same work in one run, and prints the ratios.
 */
import { writeFile } from "node:fs/promises";
import { cpus, totalmem } from "node:os";
import { parseArgs } from "node:util";

import type { Bench, BenchResult } from "./bench.ts";
import { compareToBaseline, readBaseline } from "./compare/baseline.ts";
import { formatChart } from "./compare/format-chart.ts";
import { formatResults } from "./format-results.ts";

/** Each is read only when it runs. */
const benches: Readonly<Record<string, () => Promise<Bench>>> = {
  affected: async () => (await import("./affected/bench-affected.ts")).benchAffected,
  deploy: async () => (await import("./deploy/bench-deploy.ts")).benchDeploy,
  images: async () => (await import("./images/bench-images.ts")).benchImages,
  growth: async () => (await import("./services/bench-growth.ts")).benchGrowth,
  ledger: async () => (await import("./ledger/bench-ledger.ts")).benchLedger,
  services: async () => (await import("./services/bench-services.ts")).benchServices,
};

const { values } = parseArgs({
  options: {
    only: { type: "string", multiple: true, default: Object.keys(benches) },
    rounds: { type: "string" },
    json: { type: "boolean", default: false },
    chart: { type: "string" },
    baseline: { type: "string" },
  },
});

const rounds = values.rounds === undefined ? null : parseRounds(values.rounds);
const baseline = values.baseline === undefined ? null : await readBaseline(values.baseline);
const machine = `${cpus()[0]?.model ?? "unknown processor"}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.versions.node}`;

const results: BenchResult[] = [];
for (const name of values.only.flatMap((names) => names.split(","))) {
  results.push(await runBench(name));
}
const rows = results.flatMap((result) => result.rows);
if (values.chart !== undefined) await writeFile(values.chart, formatChart(rows));
process.stdout.write(
  values.json
    ? `${JSON.stringify({ machine, rows, tables: results.map(pickTable) })}\n`
    : formatResults(results, machine),
);
if (baseline !== null) process.stderr.write(compareToBaseline(rows, baseline));

function pickTable({ name, setting, table, leftOut }: BenchResult) {
  return { name, setting, table, leftOut };
}

async function runBench(name: string): Promise<BenchResult> {
  const load = benches[name];
  if (load === undefined) {
    throw new Error(`No benchmark ${name}. There are: ${Object.keys(benches).join(", ")}.`);
  }
  const bench = await load();
  return bench({ rounds, say: (line) => void process.stderr.write(`${name}: ${line}\n`) });
}

function parseRounds(text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1) {
    throw new Error(`--rounds is a whole number above 0, not ${text}.`);
  }
  return count;
}
