import { expect, test } from "vitest";

import { buildSet } from "../../test/fakes/build-release.ts";
import { createCliInMemory } from "../../test/fakes/run-cli-in-memory.ts";

const set = buildSet({ core: { database: true } });

/** Node's version and the free space are this machine's. */
function settle(text: string): string {
  return text.replace(/\d+\.\d+ GB/, "N GB").replace(process.versions.node, "24.N");
}

test("lists one finding a line", async () => {
  const cli = await createCliInMemory(set);
  await cli.run("deploy");

  const { exitCode, stdout, stderr } = await cli.run("doctor");

  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  expect(settle(stdout)).toMatchInlineSnapshot(`
    "✔  node         24.N
    ✔  disk         N GB free
    ✔  settings     local.yaml is valid
    ✔  ledger       21 records, every hash fits
    ✔  lock         free (epoch 1)
    ✔  environment  answers at http://localhost:8080
    ✔  environment  Everything is imagined.
    "
  `);
});

test("fails and says as JSON what is wrong", async () => {
  const cli = await createCliInMemory(set);
  cli.store.killBefore(5);
  await cli.run("deploy");
  cli.store.killBefore(null);

  const { exitCode, stdout, stderr } = await cli.run("doctor", "--json");

  expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: "" });
  expect(JSON.parse(settle(stdout))).toMatchInlineSnapshot(`
    {
      "checks": [
        {
          "finding": "24.N",
          "isFine": true,
          "name": "node",
        },
        {
          "finding": "N GB free",
          "isFine": true,
          "name": "disk",
        },
        {
          "finding": "local.yaml is valid",
          "isFine": true,
          "name": "settings",
        },
        {
          "finding": "4 records, every hash fits",
          "isFine": true,
          "name": "ledger",
        },
        {
          "finding": "run 2026-11-23T12-00-00-000Z is unfinished: resume or revert it",
          "isFine": false,
          "name": "ledger",
        },
        {
          "finding": "free (epoch 1)",
          "isFine": true,
          "name": "lock",
        },
        {
          "finding": "answers at http://localhost:8080",
          "isFine": true,
          "name": "environment",
        },
        {
          "finding": "Everything is imagined.",
          "isFine": true,
          "name": "environment",
        },
      ],
      "environment": "local",
      "type": "doctor",
      "version": 1,
    }
  `);
});
