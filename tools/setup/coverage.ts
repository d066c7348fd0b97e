/** `nx run tools:coverage [--projects=services/core,libs/auth]`: what the tests of each project run through, as a table. */
import { globSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";

import { execa } from "execa";

import { formatTable } from "../src/output/format-table.ts";

interface Share {
  covered: number;
  total: number;
  pct: number;
}

/** The `total` of Vitest's `json-summary` report. */
interface Summary {
  total: { lines: Share; branches: Share; functions: Share };
}

const workspace = join(import.meta.dirname, "..", "..");
const { values } = parseArgs({
  options: { projects: { type: "string", default: listBackends().join(",") } },
});

const rows: string[][] = [];
for (const project of values.projects.split(",")) {
  process.stderr.write(`${project}\n`);
  const run = await coverProject(project);
  if (run.exitCode !== 0) {
    process.stderr.write(`${run.all}\n`);
    process.exitCode = 1;
  }
  rows.push(formatRow(project, await readSummary(project)));
}
process.stdout.write(
  `${formatTable([["project", "lines", "of", "branches", "of", "functions"], ...rows])}\n`,
);

function listBackends(): string[] {
  const configs = globSync(["services/*/migrations", "libs/*/vitest.config.ts"], {
    cwd: workspace,
  });
  return configs.map((file) => dirname(file)).toSorted();
}

function coverProject(project: string) {
  const settings = [
    "enabled",
    "provider=v8",
    "include=src/**",
    "reportsDirectory=dist/coverage",
    "reporter=json-summary",
  ];
  const flags = settings.map((setting) => `--coverage.${setting}`);
  return execa("vitest", ["run", "--root", project, ...flags], {
    cwd: workspace,
    preferLocal: true,
    localDir: workspace,
    reject: false,
    all: true,
  });
}

async function readSummary(project: string): Promise<Summary> {
  const file = join(workspace, project, "dist", "coverage", "coverage-summary.json");
  return JSON.parse(await readFile(file, "utf8"));
}

function formatRow(project: string, { total: { lines, branches, functions } }: Summary): string[] {
  return [
    project,
    `${lines.pct} %`,
    `${lines.total}`,
    `${branches.pct} %`,
    `${branches.total}`,
    `${functions.pct} %`,
  ];
}
