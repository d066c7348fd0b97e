/** `npm test`: every project's tests through Nx, then the totals of what really ran. Arguments go to `nx run-many`. */
import { globSync, readFileSync, rmSync } from "node:fs";

import { execa } from "execa";

/** The part of Vitest's JSON report that is counted. */
interface Report {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  testResults: { assertionResults: { fullName: string; meta: { leftOut?: string } }[] }[];
}

type Count = "numPassedTests" | "numFailedTests" | "numPendingTests";

const reportFiles = [
  "services/*/dist/test-results.json",
  "libs/*/dist/test-results.json",
  "tools/dist/*-results.json",
];

// An earlier run's report must not be counted; Nx restores the report of a task that it takes from its cache.
for (const file of globSync(reportFiles)) rmSync(file);

const startedAt = performance.now();
const run = await execa("nx", ["run-many", "-t", "test", "e2e", ...process.argv.slice(2)], {
  stdio: "inherit",
  reject: false,
  preferLocal: true,
});
process.stdout.write(formatTotals(globSync(reportFiles).toSorted(), performance.now() - startedAt));
process.exitCode = run.exitCode ?? 1;

function formatTotals(files: readonly string[], durationMs: number): string {
  const reports = files.map((file): [string, Report] => [
    file,
    JSON.parse(readFileSync(file, "utf8")),
  ]);
  const rows = reports.map(
    ([file, report]) => `  ${nameProject(file).padEnd(24)}${formatCounts(report)}`,
  );
  const sum = (key: Count) => reports.reduce((total, [, report]) => total + report[key], 0);
  return [
    "",
    ...rows,
    ...reports.flatMap(([, report]) => listLeftOut(report)),
    `  in ${Math.round(durationMs / 1000)} s`,
    `${sum("numPassedTests")} passed, ${sum("numFailedTests")} failed, ${sum("numPendingTests")} skipped`,
    "",
  ].join("\n");
}

function formatCounts(report: Report): string {
  return `${report.numPassedTests} passed, ${report.numFailedTests} failed, ${report.numPendingTests} left out`;
}

function listLeftOut({ testResults }: Report): string[] {
  return testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ meta }) => meta.leftOut !== undefined)
    .map(({ fullName, meta }) => `  left out: "${fullName}". ${meta.leftOut}`);
}

/** `libs/auth/dist/test-results.json` → `libs/auth`; the tools' end-to-end report says so. */
function nameProject(file: string): string {
  return file.replace("/dist/test-results.json", "").replace("/dist/e2e-results.json", " (e2e)");
}
