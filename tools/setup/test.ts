/** `npm test`: every project's tests through Nx, then one line with the totals of what really ran. */
import { globSync, readFileSync, rmSync } from "node:fs";
import { dirname } from "node:path";

import { execa } from "execa";

interface Results {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  numFailedTestSuites: number;
  numTotalTests: number;
}

const resultFiles = [
  "services/*/dist/test-results.json",
  "libs/*/dist/test-results.json",
  "tools/dist/*-results.json",
];

// A result of an earlier run must not be counted; Nx restores the file of a task it takes from its cache.
for (const file of globSync(resultFiles)) rmSync(file);

const startedAt = Date.now();
const run = await execa("nx", ["run-many", "-t", "test", "e2e", ...process.argv.slice(2)], {
  stdio: "inherit",
  reject: false,
  preferLocal: true,
});

const rows = globSync(resultFiles)
  .sort()
  .map((file) => ({
    project: file.replace(/dist\/(test-)?|-?results.json$/g, ""),
    ...readResults(file),
  }));
const total = (key: Exclude<keyof Results, "project">) =>
  rows.reduce((sum, row) => sum + row[key], 0);

process.stdout.write("\n");
for (const row of rows) {
  process.stdout.write(
    `  ${row.project.padEnd(24)} ${String(row.numPassedTests).padStart(5)} passed ${String(row.numFailedTests).padStart(4)} failed ${String(row.numPendingTests).padStart(4)} left out\n`,
  );
}
const leftOut = total("numPendingTests") + total("numTodoTests");
process.stdout.write(`\n  ${((Date.now() - startedAt) / 1000).toFixed(0)} s\n`);
process.stdout.write(
  `${total("numPassedTests")} passed, ${total("numFailedTests")} failed, ${leftOut} skipped\n`,
);
process.exitCode = run.exitCode ?? 1;

function readResults(file: string): Results {
  return JSON.parse(readFileSync(file, "utf8"));
}
