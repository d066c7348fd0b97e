import { expect, test } from "vitest";

import { buildSet } from "../../test/fakes/build-release.ts";
import { createCliInMemory } from "../../test/fakes/run-cli-in-memory.ts";
import { writeFiles } from "../../test/fixtures/test-folder.ts";

const quiet = `name: quiet
driver: process
source: working-tree
testData: false
gateway: { port: 8080, fallback: next free }
policy: { confirm: none, readinessSeconds: 20, soakSeconds: 0, keepWarmMinutes: 0 }
`;

async function createCli() {
  const cli = await createCliInMemory(buildSet({ core: { database: true } }), {
    others: { quiet: "" },
  });
  await writeFiles(cli.folder, {
    "tools/e2e/flows/agora.test.ts": "",
    "tools/environments/quiet.yaml": quiet,
  });
  return cli;
}

test("wants a running environment, or a throw-away one", async () => {
  const cli = await createCli();

  const { exitCode, stderr } = await cli.run("e2e");

  expect(exitCode).toBe(1);
  expect(stderr).toContain("local does not run.");
  expect(stderr).toContain("--env=ci");
});

test("names the flows that there are when an unknown one is asked for", async () => {
  const cli = await createCli();

  const { exitCode, stderr } = await cli.run("e2e", "--only=agoras");

  expect(exitCode).toBe(2);
  expect(stderr).toContain('There is no flow "agoras".');
  expect(stderr).toContain("There are: agora.");
});

test("writes nothing where test data is not allowed", async () => {
  const cli = await createCli();

  const { exitCode, stdout } = await cli.run("e2e", "--env=quiet", "--json");

  expect(JSON.parse(stdout)).toMatchObject({ code: "TEST_DATA_REFUSED" });
  expect(exitCode).toBe(2);
});
