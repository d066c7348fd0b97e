/**
 * `nx run tools:fuzz`: generated requests against every route of every service, far more than its tests send.
 * `FUZZ_REQUESTS_PER_ROUTE` (default 300) and `FUZZ_SEED` (default: another one each time, printed); `--json`.
 */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { execa } from "execa";

import { formatTable } from "../src/output/format-table.ts";

/** What a service's run leaves in its report, as far as it is counted here. */
interface Report {
  routes: number;
  requests: number;
  serverErrors: number;
  schemaFaults: number;
}

interface Result extends Report {
  service: string;
  /** Whether its tests passed and left a report. */
  isGood: boolean;
  seconds: number;
}

const services = ["core", "mailer", "events", "statutory", "discounts"];
const workspace = join(import.meta.dirname, "..", "..");
const nothing: Report = { routes: 0, requests: 0, serverErrors: 0, schemaFaults: 0 };

const requestsPerRoute = process.env["FUZZ_REQUESTS_PER_ROUTE"] ?? "300";
const seed = process.env["FUZZ_SEED"] ?? String(Date.now() % 1_000_000);

const folder = await mkdtemp(join(tmpdir(), "myaegee-fuzz-"));
const results: Result[] = [];
try {
  for (const service of services) {
    results.push(await runService(service));
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
process.stdout.write(
  process.argv.includes("--json")
    ? `${JSON.stringify({ seed, requestsPerRoute, services: results, total: sum(results) })}\n`
    : formatResults(results),
);
process.exitCode = results.every(({ isGood }) => isGood) ? 0 : 1;

async function runService(service: string): Promise<Result> {
  process.stderr.write(`${service}: ${requestsPerRoute} requests a route, seed ${seed}\n`);
  const file = join(folder, `${service}.json`);
  const startedAt = performance.now();
  const run = await execa("vitest", ["run", "--root", `services/${service}`, "test/fuzz.test.ts"], {
    cwd: workspace,
    preferLocal: true,
    localDir: workspace,
    reject: false,
    all: true,
    env: {
      FUZZ_REQUESTS_PER_ROUTE: requestsPerRoute,
      FUZZ_SEED: seed,
      FUZZ_REPORT_FILE: file,
    },
  });
  if (run.exitCode !== 0) {
    process.stderr.write(`${run.all}\n`);
  }
  const report = await readReport(file);
  return {
    service,
    ...(report ?? nothing),
    isGood: run.exitCode === 0 && report !== null,
    seconds: Math.round((performance.now() - startedAt) / 1000),
  };
}

async function readReport(file: string): Promise<Report | null> {
  try {
    const { routes, requests, serverErrors, schemaFaults } = JSON.parse(
      await readFile(file, "utf8"),
    );
    return { routes, requests, serverErrors, schemaFaults };
  } catch {
    return null;
  }
}

function formatResults(rows: readonly Result[]): string {
  const header = ["service", "routes", "requests", "5xx", "schema faults", "seconds", ""];
  const lines = [...rows, { ...sum(rows), service: "all" }].map((row) => [
    row.service,
    `${row.routes}`,
    `${row.requests}`,
    `${row.serverErrors}`,
    `${row.schemaFaults}`,
    `${row.seconds}`,
    row.isGood ? "" : "failed",
  ]);
  return `${formatTable([header, ...lines])}\nseed ${seed}\n`;
}

function sum(rows: readonly Result[]): Omit<Result, "service"> {
  const total = (key: keyof Report | "seconds") => rows.reduce((all, row) => all + row[key], 0);
  return {
    routes: total("routes"),
    requests: total("requests"),
    serverErrors: total("serverErrors"),
    schemaFaults: total("schemaFaults"),
    seconds: total("seconds"),
    isGood: rows.every(({ isGood }) => isGood),
  };
}
