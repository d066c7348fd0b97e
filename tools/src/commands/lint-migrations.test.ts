import { expect, test } from "vitest";

import { createTestFolder, writeFiles } from "../../test/fixtures/test-folder.ts";
import { runCli } from "../cli/run-cli.ts";

const manifest = JSON.stringify({
  name: "@x/events",
  version: "1.0.0",
  description: "Events.",
  service: {
    port: 8084,
    routes: [{ path: "/api/events", strip: true }],
    health: { liveness: "/healthcheck", readiness: "/readiness" },
    needs: { services: [], database: true },
    secrets: [],
    resources: { memoryMb: 128 },
    drainSeconds: 10,
  },
});

async function lintWorkspace(sql: string, ...argv: string[]) {
  const cwd = await createTestFolder("lint-");
  await writeFiles(cwd, {
    "tools/environments/local.yaml": "name: local\n",
    "services/events/package.json": manifest,
    "services/events/migrations/0001_first.sql": "-- kind: expand\ncreate table events (id int);\n",
    "services/events/migrations/0002_second.sql": sql,
  });
  const out = { stdout: "", stderr: "" };
  const exitCode = await runCli(["lint-migrations", ...argv], {
    cwd,
    env: {},
    stdin: {},
    stdout: { write: (text) => (out.stdout += text) },
    stderr: { write: (text) => (out.stderr += text) },
    signal: new AbortController().signal,
  });
  return { exitCode, ...out };
}

test("ends with 13, the place and the way out when the version before would break", async () => {
  const sql = "-- kind: expand\n\nalter table events drop column id;\n";

  const { exitCode, stdout } = await lintWorkspace(sql);

  expect(exitCode).toBe(13);
  expect(stdout).toMatchInlineSnapshot(`
    "✖ services/events/migrations/0002_second.sql:3 drops the column events.id, which the version before reads [DROPS]
    Expand now, and take away in a later migration that begins with \`-- kind: contract\`, once no version that may run uses it.
    2 migrations: 1 to mend, 0 to look at.
    "
  `);
});

test("ends with 0 on a warning", async () => {
  const sql = "-- kind: expand\ncreate index events_by_id on events (id);\n";

  const { exitCode, stdout } = await lintWorkspace(sql, "events");

  expect(exitCode).toBe(0);
  expect(stdout).toContain("2 migrations: 0 to mend, 1 to look at.");
});

test("prints one JSON document", async () => {
  const { stdout } = await lintWorkspace("-- kind: contract\ndrop table events;\n", "--json");

  expect(JSON.parse(stdout)).toEqual({
    type: "migration-faults",
    version: 1,
    checked: 2,
    faults: [],
  });
});

test("knows no other service", async () => {
  const { exitCode, stderr } = await lintWorkspace("-- kind: expand\n", "evnets");

  expect(exitCode).toBe(2);
  expect(stderr).toContain("The workspace has events.");
});
