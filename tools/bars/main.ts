/**
 * `nx run tools:bars [--only=1,17] [--driver=process] [--host=here] [--json]`: measures what deployments must reach,
 * with real commands on both drivers, and prints each figure beside its bar. Containers need the lab.
 */
import { loadavg } from "node:os";
import { parseArgs } from "node:util";

import { readLab } from "../lab/lab-facts.ts";
import type { DriverName, Figure, Measure, MeasureOptions } from "./bar.ts";
import { formatFigures } from "./format-figures.ts";
import { measureDeploys } from "./measure-deploys.ts";
import { measureFailures } from "./measure-failures.ts";
import { measureGatewayDeath, measureJoining } from "./measure-gateway.ts";
import { measureLatency } from "./measure-latency.ts";
import { measureNoChange } from "./measure-no-change.ts";
import { measureKills, measureRaces } from "./measure-operators.ts";
import { measureSpeed } from "./measure-speed.ts";

const measures: readonly { rows: readonly string[]; measure: Measure }[] = [
  { rows: ["5", "6", "7"], measure: measureSpeed },
  { rows: ["8"], measure: measureNoChange },
  { rows: ["9", "10", "11"], measure: measureFailures },
  { rows: ["17"], measure: measureGatewayDeath },
  { rows: ["18"], measure: measureJoining },
  { rows: ["14"], measure: measureRaces },
  { rows: ["13"], measure: measureKills },
  { rows: ["4"], measure: measureLatency },
  { rows: ["1", "2", "3"], measure: measureDeploys },
];

const { values } = parseArgs({
  options: {
    only: { type: "string", default: measures.flatMap(({ rows }) => rows).join(",") },
    driver: { type: "string", default: "process,compose" },
    host: { type: "string", default: "here" },
    json: { type: "boolean", default: false },
  },
});

const wanted = new Set(values.only.split(","));
const hasLab = (await readLab()) !== null;
const drivers = (["process", "compose"] as const).filter((name) => isWanted(name));
const figures: Figure[] = [];
for (const driver of drivers) {
  for (const { rows, measure } of measures) {
    if (!rows.some((row) => wanted.has(row))) continue;
    const say = (line: string) =>
      void process.stderr.write(`${driver} ${rows.join(",")}: ${line}\n`);
    figures.push(...(await tryMeasure(measure, { driver, labHost: values.host, say })));
  }
}
const shown = figures.filter(({ row }) => wanted.has(row));
const load = loadavg()[0]?.toFixed(1) ?? "";
process.stdout.write(
  values.json ? `${JSON.stringify({ load, figures: shown })}\n` : formatFigures(shown, load),
);

/** What one measure can't do keeps none of the others from being told. */
async function tryMeasure(measure: Measure, options: MeasureOptions): Promise<readonly Figure[]> {
  try {
    return await measure(options);
  } catch (cause) {
    options.say(cause instanceof Error ? (cause.stack ?? cause.message) : String(cause));
    process.exitCode = 1;
    return [];
  }
}

function isWanted(name: DriverName): boolean {
  if (!values.driver.split(",").includes(name)) return false;
  if (name === "process" || hasLab) return true;
  process.stderr.write("Left out: containers. They need the lab: npx nx run tools:lab up\n");
  return false;
}
