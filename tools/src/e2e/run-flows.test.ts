import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { describe, expect, test } from "vitest";

import { createTestFolder } from "../../test/fixtures/test-folder.ts";
import { runFlows } from "./run-flows.ts";

const flow = {
  flow: "agora",
  title: "a delegate votes",
  durationMs: 5,
  error: null,
  leftOut: null,
};
const results = { durationMs: 9, flows: [{ ...flow, state: "passed", pages: [] }], errors: [] };
/** A workspace with something in the place of Vitest: it keeps what it was asked, then does this. */
async function standIn(script: string): Promise<string> {
  const workspace = await createTestFolder("flows-");
  const bin = join(workspace, "node_modules", ".bin");
  await mkdir(bin, { recursive: true });
  await mkdir(join(workspace, "tools", "dist", "e2e"), { recursive: true });
  const ask = 'echo "$* at [$E2E_ADDRESS] in $E2E_ENVIRONMENT" > asked';
  await writeFile(join(bin, "vitest"), `#!/bin/sh\n${ask}\n${script}\n`);
  await chmod(join(bin, "vitest"), 0o755);
  return workspace;
}

function run(workspace: string, address: string | null = null) {
  const { signal } = new AbortController();
  return runFlows({ workspace, environment: "ci", address, only: ["agora"], env: {}, signal });
}

const writeResults = `echo '${JSON.stringify(results)}' > tools/dist/e2e/results.json`;

describe("running flows", () => {
  test("hands back what the reporter wrote, without what only the report shows", async () => {
    const workspace = await standIn(writeResults);

    expect(await run(workspace)).toEqual({
      durationMs: 9,
      flows: [{ ...flow, state: "passed" }],
      errors: [],
      isPassed: true,
      report: join(workspace, "tools/dist/e2e/report.html"),
    });
  });

  test("asks for the flows at the address, or for an environment of their own", async () => {
    const workspace = await standIn(writeResults);

    await run(workspace, "http://localhost:8080");
    const given = await readFile(join(workspace, "asked"), "utf8");
    await run(workspace);
    const own = await readFile(join(workspace, "asked"), "utf8");

    expect(given).toMatch(/flows\/agora.test.ts at \[http:\/\/localhost:8080\] in ci\n$/);
    expect(own).toMatch(/flows\/agora.test.ts at \[\] in ci\n$/);
  });

  test("is not passed when a flow failed", async () => {
    const workspace = await standIn(`${writeResults}; exit 1`);

    expect(await run(workspace)).toMatchObject({ isPassed: false, durationMs: 9 });
  });

  test("does not take the results of an earlier run for its own", async () => {
    const workspace = await standIn("exit 1");
    await writeFile(join(workspace, "tools/dist/e2e/results.json"), JSON.stringify(results));

    expect(await run(workspace)).toMatchObject({ flows: [], errors: ["No flow ran."] });
  });
});
