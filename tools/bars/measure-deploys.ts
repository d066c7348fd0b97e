import type { LoadReport } from "../test/load/load-report.ts";
import { startLoad } from "../test/load/start-load.ts";
import type { Figure, MeasureOptions } from "./bar.ts";
import { mustRun, withWorkspace } from "./open-workspace.ts";

const deployments = 20;
/** Of each program, so that both together are 50 000. */
const wantedRequests = 25_000;

/** Rows 1 to 3: twenty deployments in a row while strict clients count every failure. */
export async function measureDeploys(options: MeasureOptions): Promise<readonly Figure[]> {
  const graceful = await deployUnderLoad(options, "graceful");
  const rude = await deployUnderLoad(options, "rude");
  const both = [graceful, rude];
  const sum = (pick: (report: LoadReport) => number) =>
    both.reduce((total, report) => total + pick(report), 0);
  const failed = sum(({ short }) => short.failed);
  const sent = sum(({ short }) => short.sent);
  const lost = sum(({ long }) => long.failed);
  const { webSockets } = graceful;
  const rps = both.map(({ requestsPerSecond }) => requestsPerSecond).join(" and ");
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
  ];
}

async function deployUnderLoad(
  options: MeasureOptions,
  program: "graceful" | "rude",
): Promise<LoadReport> {
  return withWorkspace(options, { services: ["hello"], program }, async (workspace) => {
    const url = `${(await mustRun(workspace, "deploy")).trim()}/api/hello`;
    const load = startLoad({ url });
    for (let done = 0; done < deployments || load.sent() < wantedRequests; done += 1) {
      await workspace.changeService("hello");
      await mustRun(workspace, "deploy");
      options.say(`${program}: ${done + 1} deployments, ${load.sent()} requests`);
    }
    const report = await load.stop();
    for (const failure of report.failures) options.say(failure);
    return report;
  });
}
