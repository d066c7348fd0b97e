import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";

import { execa } from "execa";
import Type, { type Static } from "typebox";
import { Value } from "typebox/value";

const Flow = Type.Object({
  flow: Type.String(),
  title: Type.String(),
  state: Type.Union([Type.Literal("passed"), Type.Literal("failed"), Type.Literal("skipped")]),
  durationMs: Type.Number(),
  error: Type.Union([Type.String(), Type.Null()]),
  leftOut: Type.Union([Type.String(), Type.Null()]),
});

/** What the flows' own reporter has written; the report holds more. */
const Results = Type.Object({
  durationMs: Type.Number(),
  flows: Type.Array(Flow),
  errors: Type.Array(Type.String()),
});

export interface FlowsResult extends Static<typeof Results> {
  isPassed: boolean;
  /** File of the report, absolute. */
  report: string;
}

export interface FlowsRun {
  workspace: string;
  environment: string;
  /** Null brings the environment up and takes it down again. */
  address: string | null;
  only: readonly string[];
  env: Readonly<Record<string, string | undefined>>;
  signal: AbortSignal;
}

const ceilingMs = 20 * 60_000;

/** Starts the flows in a process of their own; what they say while they run goes to stderr. */
export async function runFlows(run: FlowsRun): Promise<FlowsResult> {
  const { workspace, environment, address, only, env, signal } = run;
  const folder = join(workspace, "tools", "e2e");
  const output = join(workspace, "tools", "dist", "e2e");
  await rm(join(output, "results.json"), { force: true });
  const filters = only.map((name) => join("flows", `${name}.test.ts`));
  const { failed } = await execa("vitest", ["run", "--root", folder, ...filters], {
    cwd: workspace,
    preferLocal: true,
    localDir: workspace,
    env: { ...env, E2E_ADDRESS: address ?? "", E2E_ENVIRONMENT: environment },
    stdin: "ignore",
    stdout: "ignore",
    stderr: "inherit",
    reject: false,
    timeout: ceilingMs,
    cancelSignal: signal,
    gracefulCancel: false,
  });
  signal.throwIfAborted();
  const results = await readResults(join(output, "results.json"));
  return { ...results, isPassed: !failed, report: join(output, "report.html") };
}

/** Without a file nothing ran: the environment did not come up, and stderr says why. */
async function readResults(file: string): Promise<Static<typeof Results>> {
  try {
    const results: unknown = JSON.parse(await readFile(file, "utf8"));
    return Value.Parse(Results, Value.Clean(Results, results));
  } catch {
    return { durationMs: 0, flows: [], errors: ["No flow ran."] };
  }
}
