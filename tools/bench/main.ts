/** `nx run tools:bench [--only=services] [--rounds=100] [--json]`: measures, and prints a table for each benchmark. */
import { parseArgs } from "node:util";

import { formatTable } from "../src/output/format-table.ts";
import type { Bench, BenchResult } from "./bench.ts";

/** Each is read only when it runs. */
const benches: Readonly<Record<string, () => Promise<Bench>>> = {
  services: async () => (await import("./services/bench-services.ts")).benchServices,
};

const { values } = parseArgs({
  options: {
    only: { type: "string", multiple: true, default: Object.keys(benches) },
    rounds: { type: "string", default: "100" },
    json: { type: "boolean", default: false },
  },
});

const results: BenchResult[] = [];
for (const name of values.only) {
  const load = benches[name];
  if (load === undefined) {
    throw new Error(`No benchmark ${name}. There are: ${Object.keys(benches).join(", ")}.`);
  }
  const bench = await load();
  const say = (line: string) => void process.stderr.write(`${name}: ${line}\n`);
  results.push(await bench({ rounds: Number(values.rounds), say }));
}
process.stdout.write(
  values.json ? `${JSON.stringify(results)}\n` : results.map(formatResult).join("\n"),
);

function formatResult({ name, setting, header, rows }: BenchResult): string {
  const table = formatTable([header, ...rows.map((row) => row.map(formatCell))]);
  return `${name}: ${setting}\n\n${table}\n`;
}

function formatCell(cell: string | number | null): string {
  return typeof cell === "number" && !Number.isInteger(cell) ? cell.toFixed(1) : `${cell ?? ""}`;
}
