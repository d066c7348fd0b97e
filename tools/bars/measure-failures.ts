import type { DeployWorkspace } from "../test/fixtures/open-deploy-workspace.ts";
import type { Figure, MeasureOptions } from "./bar.ts";
import { formatMs, mustRun, withWorkspace } from "./open-workspace.ts";
import { findFirstOther, watchFrontDoor } from "./watch-front-door.ts";

const deadlineMs = 5000;
const crashAfterMs = 6000;

interface Told {
  exitCode: number | undefined;
  said: string;
  /** When the line that names the failed step was there. */
  failedMs: number;
  startedMs: number;
}

/** Rows 9 to 11: versions that die at once, never get ready, or crash when they serve. */
export async function measureFailures(options: MeasureOptions): Promise<readonly Figure[]> {
  return [
    await measureDeath(options),
    await measureSilence(options),
    await measureLateCrash(options),
  ];
}

async function measureDeath(options: MeasureOptions): Promise<Figure> {
  const wish = { services: ["hello"], program: "graceful" } as const;
  return withWorkspace(options, wish, async (workspace) => {
    await mustRun(workspace, "deploy");
    const words = 'process.stderr.write("This service';
    await workspace.editService("hello", words, `console.log("ends at", Date.now());\n${words}`);
    await workspace.editService("hello", 'MODE = "graceful"', 'MODE = "dying"');
    const { exitCode, said, failedMs } = await deployAndListen(workspace);
    const afterMs = failedMs - findTime(said, "ends at");
    const figure = `${formatMs(afterMs)}, exit code ${exitCode}`;
    return { row: "9", driver: options.driver, figure, isMet: afterMs <= 1000 && exitCode === 14 };
  });
}

async function measureSilence(options: MeasureOptions): Promise<Figure> {
  const wish = { services: ["hello"], program: "graceful", readinessSeconds: 5 } as const;
  return withWorkspace(options, wish, async (workspace) => {
    await mustRun(workspace, "deploy");
    await workspace.editService("hello", 'MODE = "graceful"', 'MODE = "silent"');
    await workspace.editService(
      "hello",
      "function serve() {",
      'function serve() {\nconsole.log("starts at", Date.now());',
    );
    const { exitCode, said, failedMs } = await deployAndListen(workspace);
    const afterMs = failedMs - findTime(said, "starts at") - deadlineMs;
    const hasAnswer = said.includes("503");
    const figure = `${formatMs(afterMs)}, exit code ${exitCode}, ${hasAnswer ? "with" : "without"} its answer and log`;
    return {
      row: "10",
      driver: options.driver,
      figure,
      isMet: Math.abs(afterMs) <= 1000 && exitCode === 14 && hasAnswer,
    };
  });
}

async function measureLateCrash(options: MeasureOptions): Promise<Figure> {
  const wish = { services: ["hello"], program: "rude", soakSeconds: 15 } as const;
  return withWorkspace(options, wish, async (workspace) => {
    const url = `${(await mustRun(workspace, "deploy")).trim()}/api/hello/`;
    const crash = `setTimeout(() => { console.log("ends at", Date.now()); process.exit(9); }, ${crashAfterMs});`;
    await workspace.editService("hello", "function serve() {", `function serve() {\n${crash}`);
    const watch = watchFrontDoor(url);
    const { exitCode, said, failedMs } = await deployAndListen(workspace);
    await watch.stop();
    const endedMs = findTime(said, "ends at");
    const instance =
      watch.seen.findLast((one) => one.answeredMs < endedMs && one.instance !== null)?.instance ??
      null;
    const back = findFirstOther(watch.seen, { instance, afterMs: endedMs });
    options.say(JSON.stringify({ exitCode, endedMs, failedMs, instance, back }));
    const noticedMs = failedMs - endedMs;
    const backMs = (back?.answeredMs ?? Infinity) - endedMs;
    const figure = `noticed ${formatMs(noticedMs)}, back ${formatMs(backMs)}, exit code ${exitCode}`;
    const isMet = noticedMs <= 1000 && backMs - noticedMs <= 2000 && exitCode === 10;
    return { row: "11", driver: options.driver, figure, isMet };
  });
}

/** Notes when each line comes. */
async function deployAndListen(workspace: DeployWorkspace): Promise<Told> {
  const startedMs = Date.now();
  const running = workspace.startSlipway("deploy", "--json");
  let failedMs = Number.NaN;
  let said = "";
  running.stdout?.on("data", (chunk: Buffer) => {
    said += chunk.toString();
    if (Number.isNaN(failedMs) && said.includes('"step-failed"')) failedMs = Date.now();
  });
  const { exitCode } = await running;
  return { exitCode, said, failedMs, startedMs };
}

function findTime(said: string, words: string): number {
  return Number(new RegExp(`${words} (\\d+)`).exec(said)?.[1] ?? Number.NaN);
}
