import type { DeployWorkspace } from "../fixtures/open-deploy-workspace.ts";
import type { Tally } from "./load-report.ts";
import { startLoad } from "./start-load.ts";

export interface KillSweep {
  moment: "before" | "after";
  /** 1 for every record, 3 for every third. */
  stride: number;
}

export interface KillReport {
  /** Points at which the command was killed. */
  kills: number;
  requests: Tally;
  failures: readonly string[];
  /** What the next command did not mend by itself, in words. */
  faults: readonly string[];
}

const limit = 60;

/**
 * SIGKILL to a deployment at one record after the other of its ledger, one deployment after the other, under the eyes of strict clients.
 * The next plain `deploy` must bring what is wanted and leave nothing behind.
 */
export async function sweepKills(
  workspace: DeployWorkspace,
  { moment, stride }: KillSweep,
): Promise<KillReport> {
  const { stdout: address } = await workspace.slipway("deploy");
  const clients = { keepAliveGets: 1, keepAlivePosts: 1, newConnections: 1, longRequests: 1 };
  const load = startLoad({ url: `${address}/api/hello`, ...clients, webSockets: 0 });
  const faults: string[] = [];
  let kills = 0;
  for (let record = stride; record < limit; record += stride) {
    if (!(await killAt(workspace, `${moment}:${record}`))) break;
    kills += 1;
    faults.push(...(await findFaults(workspace, `${moment} record ${record}`)));
  }
  const { short, long, failures } = await load.stop();
  const requests = { sent: short.sent + long.sent, failed: short.failed + long.failed };
  return { kills, requests, failures, faults };
}

/** False when the run has fewer records. */
async function killAt(workspace: DeployWorkspace, point: string): Promise<boolean> {
  await workspace.changeService("hello");
  const { signal } = await workspace.startKilled(point, "deploy");
  return signal === "SIGKILL";
}

async function findFaults(workspace: DeployWorkspace, point: string): Promise<readonly string[]> {
  const { exitCode, stderr } = await workspace.slipway("deploy");
  const { openRun, services } = JSON.parse((await workspace.slipway("status", "--json")).stdout);
  const parts = await workspace.listParts();
  const [hello] = services;
  return [
    exitCode === 0 ? [] : [`the next deploy ended with ${exitCode}: ${stderr}`],
    openRun === null ? [] : ["a run is open"],
    hello?.health === "healthy" && hello.drift === null ? [] : [JSON.stringify(hello)],
    parts.length === 1 ? [] : [`there are ${parts.length} instances: ${parts.join(", ")}`],
  ].flatMap((found) => found.map((fault) => `Killed ${point}: ${fault}`));
}
