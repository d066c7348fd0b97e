import { setTimeout as delay } from "node:timers/promises";

import { startLoad } from "../test/load/start-load.ts";
import type { Figure, MeasureOptions } from "./bar.ts";
import { mustRun, withWorkspace } from "./open-workspace.ts";

const deployments = 10;
const quietMs = 15_000;
const limitMs = 20;
/** Few enough that the machine has room: else it is the clients that wait for each other. */
const clients = {
  keepAliveGets: 4,
  keepAlivePosts: 2,
  newConnections: 2,
  longRequests: 0,
  webSockets: 0,
  thinkMs: 30,
};

/** Row 4: how much longer answers take while versions change. */
export async function measureLatency(options: MeasureOptions): Promise<readonly Figure[]> {
  const { driver } = options;
  const wish = { services: ["hello"], program: "rude" } as const;
  return withWorkspace(options, wish, async (workspace) => {
    const url = `${(await mustRun(workspace, "deploy")).trim()}/api/hello`;
    const quietLoad = startLoad({ url, ...clients });
    await delay(quietMs);
    const quiet = await quietLoad.stop();
    const load = startLoad({ url, ...clients });
    for (let done = 0; done < deployments; done += 1) {
      await workspace.changeService("hello");
      await mustRun(workspace, "deploy");
    }
    const busy = await load.stop();
    const [before, during] = [quiet.latencyMs.p99, busy.latencyMs.p99];
    const figure = `${before} → ${during} ms at ${busy.requestsPerSecond} requests/s`;
    return [{ row: "4", driver, figure, isMet: during - before <= limitMs }];
  });
}
