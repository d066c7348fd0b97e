import { expect, test } from "vitest";

import { buildSet } from "../../test/fakes/build-release.ts";
import { createCliInMemory } from "../../test/fakes/run-cli-in-memory.ts";

const set = buildSet({ core: {}, events: { needs: ["core"] } });

test("prints the lines of each service behind its name", async () => {
  const cli = await createCliInMemory(set);
  await cli.run("deploy");

  const { exitCode, stdout, stderr } = await cli.run("logs");

  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  expect(stdout).toMatchInlineSnapshot(`
    "core        listening
    core        Error: no database
    events      listening
    events      Error: no database
    "
  `);
});

test("prints one JSON object a line, of the services and as many lines as asked for", async () => {
  const cli = await createCliInMemory(set);
  await cli.run("deploy");

  const { exitCode, stdout, stderr } = await cli.run(
    "logs",
    "--json",
    "--service=events",
    "--lines=1",
  );

  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  expect(stdout).toMatchInlineSnapshot(`
    "{"type":"log","version":1,"service":"events","instance":"events-11111111-1","line":"Error: no database"}
    "
  `);
});

test("says how to start an environment that does not run", async () => {
  const cli = await createCliInMemory(set);

  const { exitCode, stdout, stderr } = await cli.run("logs");

  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
  expect(stderr).toMatchInlineSnapshot(`
    "
    local does not run.
    Start it with: npx nx run tools:deploy --env=local
    [ENVIRONMENT_STOPPED]
    "
  `);
});
