/**
 * `nx run tools:flakes [--runs=10] [--seed=1] [--projects=core,events]`: the backends' tests again and again, each time
 * shuffled by another seed, all projects at once. Ends with 1 when a test failed in any run.
 */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";

import { execa } from "execa";

import { formatTable } from "../src/output/format-table.ts";

/** The part of Vitest's JSON report that is read. */
interface Report {
  numPassedTests: number;
  testResults: {
    name: string;
    status: string;
    message: string;
    assertionResults: { fullName: string; status: string; failureMessages: string[] }[];
  }[];
}

interface Outcome {
  passed: number;
  failures: string[];
}

const workspace = join(import.meta.dirname, "..", "..");
const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "10" },
    seed: { type: "string", default: `${Date.now() % 1_000_000}` },
    projects: { type: "string", default: "core,mailer,events,statutory,discounts" },
  },
});
const projects = values.projects.split(",");
const firstSeed = Number(values.seed);

const folder = await mkdtemp(join(tmpdir(), "myaegee-flakes-"));
const rows: string[][] = [];
const failures: string[] = [];
try {
  for (let run = 0; run < Number(values.runs); run += 1) {
    await runOnce(run + 1, firstSeed + run);
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
process.stdout.write(`${formatTable([["run", "seed", "passed", "failed", "seconds"], ...rows])}\n`);
process.exitCode = failures.length === 0 ? 0 : 1;

async function runOnce(run: number, seed: number): Promise<void> {
  const startedAt = performance.now();
  const outcomes = await Promise.all(projects.map((project) => testProject(project, seed)));
  const failed = outcomes.flatMap((outcome) => outcome.failures);
  const passed = outcomes.reduce((sum, outcome) => sum + outcome.passed, 0);
  const seconds = Math.round((performance.now() - startedAt) / 1000);
  process.stderr.write(
    `run ${run}, seed ${seed}: ${passed} passed, ${failed.length} failed, ${seconds} s\n`,
  );
  process.stderr.write(failed.map((failure) => `  ${failure}\n`).join(""));
  rows.push([`${run}`, `${seed}`, `${passed}`, `${failed.length}`, `${seconds}`]);
  failures.push(...failed);
}

async function testProject(project: string, seed: number): Promise<Outcome> {
  const file = join(folder, `${project}-${seed}.json`);
  const shuffled = ["--sequence.shuffle", `--sequence.seed=${seed}`];
  const run = await execa(
    "vitest",
    ["run", "--root", `services/${project}`, ...shuffled, "--reporter=json", "--outputFile", file],
    { cwd: workspace, preferLocal: true, localDir: workspace, reject: false, all: true },
  );
  const again = `npx vitest run --root services/${project} ${shuffled.join(" ")}`;
  const report = await readReport(file);
  if (report === null) {
    return { passed: 0, failures: [`${project}: no report. Repeat: ${again}\n${run.all}`] };
  }
  const failed = listFailures(report).map((failure) => `${failure}\n    Repeat: ${again}`);
  const isSilentlyBad = run.exitCode !== 0 && failed.length === 0;
  return {
    passed: report.numPassedTests,
    failures: isSilentlyBad ? [`${project} ended with ${run.exitCode}:\n${run.all}`] : failed,
  };
}

async function readReport(file: string): Promise<Report | null> {
  try {
    return JSON.parse(await readFile(file, "utf8"));
  } catch {
    return null;
  }
}

/** Tests that failed, and files that could not even be read. */
function listFailures({ testResults }: Report): string[] {
  return testResults.flatMap(({ name, status, message, assertionResults }) => {
    const failed = assertionResults.filter((result) => result.status === "failed");
    return failed.length === 0 && status === "failed"
      ? [`${name}: ${message}`]
      : failed.map(
          ({ fullName, failureMessages }) => `${name}: ${fullName}\n${failureMessages[0]}`,
        );
  });
}
