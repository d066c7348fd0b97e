import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";

import { findDaemon, findStandby } from "../test/environment/find-daemon.ts";
import { runDocker } from "../test/fixtures/lab-host.ts";
import type { DeployWorkspace } from "../test/fixtures/open-deploy-workspace.ts";
import { startLoad } from "../test/load/start-load.ts";
import type { Figure, MeasureOptions } from "./bar.ts";
import { formatMs, median, mustRun, withWorkspace } from "./open-workspace.ts";
import { findGapMs, watchFrontDoor } from "./watch-front-door.ts";

const rounds = 5;
const limitMs = 150;
const settleMs = 3000;

/** Row 17: SIGKILL to the gateway. */
export async function measureGatewayDeath(options: MeasureOptions): Promise<readonly Figure[]> {
  const { driver } = options;
  const wish = { services: ["hello"], program: "rude" } as const;
  return withWorkspace(options, wish, async (workspace) => {
    const url = `${(await mustRun(workspace, "deploy")).trim()}/api/hello/`;
    const gaps: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      await awaitSpare(options, workspace);
      const watch = watchFrontDoor(url);
      await delay(200);
      process.kill(await findGateway(options, workspace), "SIGKILL");
      await delay(settleMs);
      await watch.stop();
      gaps.push(findGapMs(watch.seen));
      options.say(`gap ${gaps.at(-1)} ms`);
    }
    const figure = `${formatMs(median(gaps))}, at most ${formatMs(Math.max(...gaps))}`;
    return [{ row: "17", driver, figure, isMet: median(gaps) <= limitMs }];
  });
}

/** The daemon keeps another one loaded, a little after it has come up. */
async function awaitSpare({ driver }: MeasureOptions, { stateFolder }: DeployWorkspace) {
  const isReady = () => driver === "compose" || findStandby(stateFolder) !== null;
  while (!isReady()) await delay(50);
  await delay(settleMs);
}

async function findGateway({ driver, labHost }: MeasureOptions, workspace: DeployWorkspace) {
  if (driver === "process") return findDaemon(workspace.stateFolder);
  const name = `slipway-${workspace.environment}-gateway`;
  const id = (await runDocker(labHost, "inspect", "--format={{.Id}}", name)).trim();
  return findHaproxy(id);
}

/** HAProxy's master in this container, as this machine numbers it. Its workers are younger. */
function findHaproxy(container: string): number {
  const pids = readdirSync("/proc")
    .map(Number)
    .filter((pid) => pid > 0);
  const own = pids.filter(
    (pid) =>
      readProcess(pid, "comm").trim() === "haproxy" &&
      readProcess(pid, "cgroup").includes(container),
  );
  const [master] = own.toSorted((left, right) => left - right);
  if (master === undefined) throw new Error(`No HAProxy runs in ${container}.`);
  return master;
}

function readProcess(pid: number, file: "comm" | "cgroup"): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8");
  } catch {
    return "";
  }
}

const more = Array.from({ length: 9 }, (_unused, index) => `more-${index + 1}`);

/** Row 18: one service after the other joins while clients use another. */
export async function measureJoining(options: MeasureOptions): Promise<readonly Figure[]> {
  const { driver } = options;
  const wish = { services: ["hello", ...more], program: "rude" } as const;
  return withWorkspace(options, wish, async (workspace) => {
    const address = (await mustRun(workspace, "deploy", "--service=hello")).trim();
    const load = startLoad({ url: `${address}/api/hello` });
    for (const name of more) await mustRun(workspace, "deploy", `--service=${name}`);
    const { short, long, webSockets } = await load.stop();
    const failed = short.failed + long.failed + webSockets.cut;
    const figure = `${failed} of ${short.sent + long.sent}, ${more.length} services added`;
    return [{ row: "18", driver, figure, isMet: failed === 0 }];
  });
}
