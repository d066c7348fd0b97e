import { expect, test } from "vitest";

import { buildSet } from "../../test/fakes/build-release.ts";
import { createCliInMemory, type CliInMemory } from "../../test/fakes/run-cli-in-memory.ts";

const first = buildSet({ core: {}, events: { needs: ["core"] } });
const second = buildSet({ core: {}, events: { needs: ["core"], image: "2" } });

async function createUsedEnvironment(): Promise<CliInMemory> {
  const cli = await createCliInMemory(first);
  await cli.run("deploy");
  cli.build(second);
  await cli.run("deploy");
  await cli.run("rollback", "--service=events", "--reason=wrong dates");
  return cli;
}

test("lists the runs, the newest first, with what they changed and why", async () => {
  const cli = await createUsedEnvironment();

  const { exitCode, stdout, stderr } = await cli.run("history");

  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  expect(stdout).toMatchInlineSnapshot(`
    "2026-11-23T12-00-00-000Z  rollback committed, 0 s ago by ada
      why: wrong dates
      update  events  1.0.0 22222222 → 1.0.0 11111111

    2026-11-23T12-00-00-000Z  deploy committed, 0 s ago by ada
      update  events  1.0.0 11111111 → 1.0.0 22222222

    2026-11-23T12-00-00-000Z  deploy committed, 0 s ago by ada
      add  core    none → 1.0.0 11111111
      add  events  none → 1.0.0 11111111
    "
  `);
});

test("answers as one JSON document, as long as asked for", async () => {
  const cli = await createUsedEnvironment();

  const { exitCode, stdout, stderr } = await cli.run("history", "--json", "--lines=1");

  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  expect(JSON.parse(stdout)).toMatchInlineSnapshot(`
    {
      "environment": "local",
      "runs": [
        {
          "actor": {
            "kind": "ci",
            "name": "ada",
          },
          "attempt": "8e04aa83b901c6a8",
          "changes": [
            {
              "action": "keep",
              "from": {
                "digest": "sha256:1111111111111111111111111111111111111111111111111111111111111111",
                "version": "1.0.0",
              },
              "note": "",
              "service": "core",
              "to": {
                "digest": "sha256:1111111111111111111111111111111111111111111111111111111111111111",
                "version": "1.0.0",
              },
            },
            {
              "action": "update",
              "from": {
                "digest": "sha256:2222222222222222222222222222222222222222222222222222222222222222",
                "version": "1.0.0",
              },
              "note": "",
              "service": "events",
              "to": {
                "digest": "sha256:1111111111111111111111111111111111111111111111111111111111111111",
                "version": "1.0.0",
              },
            },
          ],
          "closedAt": "2026-11-23T12:00:00.000Z",
          "commit": "abc123",
          "failure": null,
          "kind": "rollback",
          "message": null,
          "openedAt": "2026-11-23T12:00:00.000Z",
          "outcome": "committed",
          "overrides": [],
          "reason": "wrong dates",
          "run": "2026-11-23T12-00-00-000Z",
          "set": "set-b6ed7bb393dc",
        },
      ],
      "type": "history",
      "version": 1,
    }
  `);
});

test("says so when nothing has happened yet", async () => {
  const cli = await createCliInMemory(first);

  expect(await cli.run("history")).toEqual({
    exitCode: 0,
    stdout: "local has no history yet.\n",
    stderr: "",
  });
});
