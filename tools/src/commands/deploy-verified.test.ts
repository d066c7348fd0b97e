import { expect, test } from "vitest";

import { buildSet } from "../../test/fakes/build-release.ts";
import { createCliInMemory } from "../../test/fakes/run-cli-in-memory.ts";
import { writeFiles } from "../../test/fixtures/test-folder.ts";

const set = buildSet({ core: { needs: ["mailer"] }, mailer: { smtp: true } });
const careful = `name: local
driver: process
source: working-tree
testData: false
gateway: { port: 8080, fallback: next free }
policy:
  { confirm: none, readinessSeconds: 20, soakSeconds: 0, keepWarmMinutes: 0, verifyAfterDeploy: true }
`;

/** An environment whose policy lets deployments test what they brought. */
async function createCli() {
  const cli = await createCliInMemory(set);
  await writeFiles(cli.folder, { "tools/environments/local.yaml": careful });
  return cli;
}

test("a deployment tests what it brought, once", async () => {
  const cli = await createCli();

  const planned = await cli.run("deploy", "--dry-run");
  const first = await cli.run("deploy");
  const second = await cli.run("deploy");

  expect([planned, first, second].map(({ exitCode }) => exitCode)).toEqual([0, 0, 0]);
  expect(planned.stdout).not.toContain("checks passed");
  expect(first.stdout).toContain(`5 of 5 checks passed. ${set.id} is verified in local.`);
  expect(second.stdout).not.toContain("checks passed");
  expect(cli.store.events().filter((event) => event === "set-verified")).toHaveLength(1);
});

test("tests that fail say so with exit code 1, and run again the next time", async () => {
  const cli = await createUntested();
  cli.world.faults.frontDoorBroken.push("core@1");

  const failed = await cli.run("deploy", "--json");
  cli.world.faults.frontDoorBroken.length = 0;
  const again = await cli.run("deploy");

  expect([failed.exitCode, again.exitCode]).toEqual([1, 0]);
  const documents = failed.stdout.trim().split("\n");
  expect(documents.map((line) => JSON.parse(line))).toMatchObject([
    { type: "result", outcome: "no change" },
    { type: "verification", isPassed: false },
  ]);
  expect(again.stdout).toContain("is verified in local.");
});

test("a dry run of what was never tested tests nothing", async () => {
  const cli = await createUntested();

  const { exitCode, stdout } = await cli.run("deploy", "--dry-run");

  expect(exitCode).toBe(0);
  expect(stdout).not.toContain("checks passed");
});

/** The set runs already, deployed before the policy asked for tests. */
async function createUntested() {
  const cli = await createCli();
  const file = "tools/environments/local.yaml";
  await writeFiles(cli.folder, { [file]: careful.replace(", verifyAfterDeploy: true", "") });
  await cli.run("deploy");
  await writeFiles(cli.folder, { [file]: careful });
  return cli;
}
