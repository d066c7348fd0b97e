import { readdir, readFile } from "node:fs/promises";
import path from "node:path";

import { expect, test } from "vitest";

import { findWorkflowFaults } from "./find-workflow-faults.ts";

const folder = path.resolve(import.meta.dirname, "../../../.github/workflows");
const files = await readdir(folder);

const good = `name: Check
on: { pull_request: {} }
permissions: {}
concurrency: { group: "check", cancel-in-progress: true }
jobs:
  check:
    runs-on: ubuntu-latest
    timeout-minutes: 5
    permissions: { contents: read }
    steps:
      - uses: actions/checkout@de0fac2e4500dabe0009e67214ff5f5447ce83dd # v6.0.2
        with: { persist-credentials: false }
      - run: npm test
`;

test.each(files)("%s is as GitHub and this workspace want it", async (file) => {
  expect(findWorkflowFaults(file, await readFile(path.join(folder, file), "utf8"))).toEqual([]);
});

test("there are workflows to check, and a good one has no fault", () => {
  expect(files).toEqual(
    expect.arrayContaining(["ci.yml", "comment.yml", "deploy.yml", "release.yml"]),
  );
  expect(findWorkflowFaults("good.yml", good)).toEqual([]);
});

test.each([
  ["an action pinned by tag", /@de0f.*/u, "@v6", "not pinned by commit"],
  ["an action pinned by a short commit", /@de0f.*/u, "@de0fac2 # v6.0.2", "not pinned by commit"],
  ["a pin without its version", / # v6\.0\.2/u, "", "not pinned by commit"],
  [
    "an expression in run",
    "npm test",
    "echo ${{ github.event.pull_request.title }}",
    "pass it by env",
  ],
  ["no rights on top", "permissions: {}\n", "", "permissions"],
  ["all rights on top", "permissions: {}", "permissions: write-all", "/permissions"],
  ["a job without rights of its own", "    permissions: { contents: read }\n", "", "/jobs/check"],
  ["rights to write in a pull request", "contents: read", "contents: write", "may write"],
  ["no concurrency", /concurrency: .*\n/u, "", "concurrency"],
  [
    "concurrency that does not say what is stopped",
    ", cancel-in-progress: true",
    "",
    "concurrency",
  ],
  ["no limit of time", "    timeout-minutes: 5\n", "", "no timeout-minutes"],
  ["a checkout that keeps the token", /\n +with: .*/u, "", "keeps the token"],
  ["a misspelt key", "runs-on:", "run-on:", "run-on"],
  ["a step without anything to do", "- run: npm test", "- name: Nothing", "step must run"],
  ["an unknown trigger", "pull_request: {}", "pull_requests: {}", "pull_requests"],
  ["a need of no job", "    timeout-minutes", "    needs: [nobody]\n    timeout-minutes", "nobody"],
  ["a broken expression", "npm test", "npm test\n        if: ${{ always( }}", "parsing"],
])("refuses %s", (...[, part, instead, fault]) => {
  const broken = good.replace(part, instead);

  expect(broken).not.toBe(good);
  expect(findWorkflowFaults("broken.yml", broken).join("\n")).toContain(fault);
});

test("refuses another branch's code in a workflow that has rights of its own", () => {
  const privileged = good
    .replace("pull_request: {}", "workflow_run: { workflows: [CI], types: [completed] }")
    .replace("persist-credentials: false", "persist-credentials: false, ref: topic");

  expect(findWorkflowFaults("privileged.yml", privileged)).toEqual([
    "check: a workflow with rights checks another branch out",
  ]);
});
