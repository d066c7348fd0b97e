import { expect, test } from "vitest";

import { createDeployWorkspace } from "../fixtures/deploy-workspace.ts";
import { requireLab } from "../fixtures/require-lab.ts";
import { sweepKills } from "../load/sweep-kills.ts";

// All records, before and after each, on both: npx nx run tools:bars --only=13
const limitMs = 180_000;
const services = ["hello"];

test(
  "killed before every fifth record of a deployment, processes serve on and the next command converges",
  { timeout: limitMs },
  async () => {
    const workspace = await createDeployWorkspace({ services, program: "rude" });

    const report = await sweepKills(workspace, { moment: "before", stride: 5 });

    process.stdout.write(`processes: ${JSON.stringify(report)}\n`);
    expect(report).toMatchObject({ faults: [], failures: [], requests: { failed: 0 } });
    expect(report.kills).toBeGreaterThan(2);
  },
);

test(
  "killed before every fifth record of a deployment, containers serve on and the next command converges",
  { timeout: limitMs },
  async (context) => {
    requireLab(context);
    const workspace = await createDeployWorkspace({ services, program: "rude", labHost: "here" });

    const report = await sweepKills(workspace, { moment: "before", stride: 5 });

    process.stdout.write(`containers: ${JSON.stringify(report)}\n`);
    expect(report).toMatchObject({ faults: [], failures: [], requests: { failed: 0 } });
    expect(report.kills).toBeGreaterThan(2);
  },
);
