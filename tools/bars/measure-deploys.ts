import { setTimeout as delay } from "node:timers/promises";

import type { LoadReport } from "../test/load/load-report.ts";
import { startLoad } from "../test/load/start-load.ts";
import type { Figure, MeasureOptions } from "./bar.ts";
import { mustRun, withWorkspace } from "./open-workspace.ts";

const deployments = 20;
const quietMs = 8000;
/** Of each program, so that both together are 50 000. */
const wantedRequests = 25_000;
const p99LimitMs = 20;

interface Loaded {
  quiet: LoadReport;
  busy: LoadReport;
}

/** Rows 1 to 4: twenty deployments in a row while strict clients count every failure. */
export async function measureDeploys(options: MeasureOptions): Promise<readonly Figure[]> {
  const graceful = await deployUnderLoad(options, "graceful");
  const rude = await deployUnderLoad(options, "rude");
  const both = [graceful.busy, rude.busy];
  const sum = (pick: (report: LoadReport) => number) =>
    both.reduce((total, report) => total + pick(report), 0);
  const failed = sum(({ short }) => short.failed);
  const sent = sum(({ short }) => short.sent);
  const lost = sum(({ long }) => long.failed);
  const { webSockets } = graceful.busy;
  const rps = both.map(({ requestsPerSecond }) => requestsPerSecond).join(" and ");
  const above = [graceful, rude].map(({ quiet, busy }) => busy.latencyMs.p99 - quiet.latencyMs.p99);
  const p99 = [graceful, rude].map(
    ({ quiet, busy }) => `${quiet.latencyMs.p99} → ${busy.latencyMs.p99} ms`,
  );
  const { driver } = options;
  return [
    {
      row: "1",
      driver,
      figure: `${failed} of ${sent}, ${rps} requests/s (graceful, rude)`,
      isMet: failed === 0 && sent >= 2 * wantedRequests,
    },
    { row: "2", driver, figure: `${lost} of ${sum(({ long }) => long.sent)}`, isMet: lost === 0 },
    {
      row: "3",
      driver,
      figure: `${webSockets.cut} of ${webSockets.opened}, ${webSockets.closed} closed with 1001`,
      isMet: webSockets.cut === 0 && webSockets.closed === webSockets.opened,
    },
    {
      row: "4",
      driver,
      figure: p99.join("; "),
      isMet: above.every((ms) => ms <= p99LimitMs),
    },
  ];
}

async function deployUnderLoad(
  options: MeasureOptions,
  program: "graceful" | "rude",
): Promise<Loaded> {
  return withWorkspace(options, { services: ["hello"], program }, async (workspace) => {
    const url = `${(await mustRun(workspace, "deploy")).trim()}/api/hello`;
    const quietLoad = startLoad({ url, webSockets: 0 });
    await delay(quietMs);
    const quiet = await quietLoad.stop();
    const load = startLoad({ url });
    for (let done = 0; done < deployments || load.sent() < wantedRequests; done += 1) {
      await workspace.changeService("hello");
      await mustRun(workspace, "deploy");
      options.say(`${program}: ${done + 1} deployments, ${load.sent()} requests`);
    }
    const busy = await load.stop();
    for (const failure of busy.failures) options.say(failure);
    return { quiet, busy };
  });
}
