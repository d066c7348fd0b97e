import type { DeployWorkspace } from "../test/fixtures/open-deploy-workspace.ts";
import { sweepKills } from "../test/load/sweep-kills.ts";
import type { Figure, MeasureOptions } from "./bar.ts";
import { formatMs, mustRun, withWorkspace } from "./open-workspace.ts";

const wish = { services: ["hello"], program: "rude" } as const;
const races = 20;

/** Row 13: the command killed at each record of its ledger, before it is written and after. */
export async function measureKills(options: MeasureOptions): Promise<readonly Figure[]> {
  const { driver } = options;
  return withWorkspace(options, wish, async (workspace) => {
    const before = await sweepKills(workspace, { moment: "before", stride: 1 });
    const after = await sweepKills(workspace, { moment: "after", stride: 1 });
    for (const fault of [...before.faults, ...after.faults]) options.say(fault);
    const failed = before.requests.failed + after.requests.failed;
    const sent = before.requests.sent + after.requests.sent;
    const faults = before.faults.length + after.faults.length;
    const figure = `${failed} of ${sent}, ${faults} faults after ${before.kills + after.kills} kills`;
    return [{ row: "13", driver, figure, isMet: failed === 0 && faults === 0 }];
  });
}

/** Row 14: two commands at the same time, as processes of their own; a hundred races in memory are in the tests. */
export async function measureRaces(options: MeasureOptions): Promise<readonly Figure[]> {
  const { driver } = options;
  return withWorkspace(options, wish, async (workspace) => {
    await mustRun(workspace, "deploy");
    const told: number[] = [];
    let won = 0;
    for (let round = 0; round < races; round += 1) {
      const lost = await race(workspace);
      if (lost !== null) {
        won += 1;
        told.push(lost);
      }
    }
    const slowest = Math.max(...told);
    const figure = `${won} of ${races}, at most ${formatMs(slowest)} with the command's start`;
    return [{ row: "14", driver, figure, isMet: won === races && slowest <= 1000 }];
  });
}

/** How long the loser took; null when not exactly one won, or the loser was not told who works. */
async function race(workspace: DeployWorkspace): Promise<number | null> {
  await workspace.changeService("hello");
  const both = await Promise.all(
    [0, 1].map(async () => {
      const startedMs = performance.now();
      const result = await workspace.slipway("deploy");
      return { result, durationMs: performance.now() - startedMs };
    }),
  );
  const winners = both.filter(({ result }) => result.exitCode === 0);
  const loser = both.find(
    ({ result }) => result.exitCode === 12 && result.stderr.includes("ada runs"),
  );
  return winners.length === 1 && loser !== undefined ? loser.durationMs : null;
}
