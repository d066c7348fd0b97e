import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { stripVTControlCharacters } from "node:util";

import type { Reporter, TestCase } from "vitest/node";

import { type FlowResult, formatReport } from "./format-report.ts";
import { outputFolder } from "./output-folder.ts";

/** Says on stderr how each flow ended; writes the results and one HTML report at the end. */
export function createFlowReporter(): Reporter {
  const results: FlowResult[] = [];
  let startedAt = 0;

  return {
    onTestRunStart() {
      startedAt = performance.now();
      rmSync(join(outputFolder, "evidence"), { recursive: true, force: true });
      mkdirSync(outputFolder, { recursive: true });
    },
    onTestCaseResult(test) {
      const result = describeTest(test);
      results.push(result);
      process.stderr.write(formatLine(result));
    },
    onTestRunEnd(modules, errors) {
      const faults = [...errors, ...modules.flatMap((module) => module.errors())];
      const run = {
        durationMs: Math.round(performance.now() - startedAt),
        flows: results.toSorted(compareFlows),
        errors: faults.map(({ message }) => message),
      };
      writeFileSync(join(outputFolder, "results.json"), `${JSON.stringify(run)}\n`);
      writeFileSync(join(outputFolder, "report.html"), formatReport(run));
      process.stderr.write(run.errors.map((message) => `  ✖ ${message}\n`).join(""));
    },
  };
}

function describeTest(test: TestCase): FlowResult {
  const { state, errors = [] } = test.result();
  const { evidence, leftOut, pages = [] } = test.meta();
  return {
    flow: basename(test.module.moduleId, ".test.ts"),
    title: test.name,
    state: state === "pending" ? "skipped" : state,
    durationMs: Math.round(test.diagnostic()?.duration ?? 0),
    error:
      state === "failed"
        ? stripVTControlCharacters(errors.map(({ message }) => message).join("\n"))
        : null,
    leftOut: leftOut ?? null,
    pages,
    evidence: evidence === undefined ? null : JSON.parse(readFileSync(evidence, "utf8")),
  };
}

const signs = { passed: "✔", failed: "✖", skipped: "–" } as const;

function formatLine({ state, flow, title, durationMs, error }: FlowResult): string {
  const seconds = (durationMs / 1000).toFixed(1).padStart(5);
  const line = `  ${signs[state]} ${flow.padEnd(10)} ${seconds} s  ${title}\n`;
  return error === null ? line : `${line}${error.replaceAll(/^/gm, "      ")}\n`;
}

function compareFlows(one: FlowResult, other: FlowResult): number {
  return one.flow.localeCompare(other.flow) || one.title.localeCompare(other.title);
}
