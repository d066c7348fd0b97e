import type { DeployWorkspace } from "../test/fixtures/open-deploy-workspace.ts";
import type { Figure, MeasureOptions } from "./bar.ts";
import { formatMs, median, mustRun, withWorkspace } from "./open-workspace.ts";
import { findFirstOther, watchFrontDoor } from "./watch-front-door.ts";

const rounds = 5;
const setServices = ["hello", "two", "three", "four", "five"];

interface Switch {
  /** From the command's start to the first answer of another instance. */
  trafficMs: number;
  /** From the instance's start to its readiness, as the engine waited for it. */
  bootMs: number;
}

/** Rows 5 to 7: how soon another version answers, forward and back. */
export async function measureSpeed(options: MeasureOptions): Promise<readonly Figure[]> {
  const { driver } = options;
  const [forward, cold] = await measureCold(options);
  const warm = await measureWarm(options);
  const wholeSet = await measureWarmSet(options);
  return [
    describe("5", forward, { driver, limitMs: 1000 }),
    {
      row: "6",
      driver,
      figure: `${formatMs(warm)}; a set of ${setServices.length} in ${formatMs(wholeSet)}`,
      isMet: warm <= 1000 && wholeSet <= 5000,
    },
    describe("7", cold, { driver, limitMs: 2000 }),
  ];
}

function describe(
  row: string,
  switches: readonly Switch[],
  { driver, limitMs }: { driver: Figure["driver"]; limitMs: number },
): Figure {
  const trafficMs = median(switches.map((one) => one.trafficMs));
  const bootMs = median(switches.map((one) => one.bootMs));
  const above = trafficMs - bootMs;
  return {
    row,
    driver,
    figure: `${formatMs(above)} (${formatMs(trafficMs)} with a boot of ${formatMs(bootMs)})`,
    isMet: above <= limitMs,
  };
}

/** Deployments, each followed by the way back to a version that has ended. */
async function measureCold(
  options: MeasureOptions,
): Promise<[readonly Switch[], readonly Switch[]]> {
  return withWorkspace(options, { services: ["hello"], program: "rude" }, async (workspace) => {
    const url = `${(await mustRun(workspace, "deploy")).trim()}/api/hello/`;
    const forward: Switch[] = [];
    const back: Switch[] = [];
    // The images of both are on the host before.
    for (const revision of [1, 2]) await deployRevision(workspace, revision);
    for (let round = 0; round < rounds; round += 1) {
      await workspace.changeService("hello", 1);
      forward.push(await timeSwitch(workspace, url, ["deploy"]));
      back.push(await timeSwitch(workspace, url, ["rollback"]));
      await mustRun(workspace, "unpin", "hello");
      options.say(`round ${round + 1}: ${JSON.stringify([forward.at(-1), back.at(-1)])}`);
    }
    return [forward, back];
  });
}

async function deployRevision(workspace: DeployWorkspace, revision: number): Promise<void> {
  await workspace.changeService("hello", revision);
  await mustRun(workspace, "deploy");
}

async function measureWarm(options: MeasureOptions): Promise<number> {
  const wish = { services: ["hello"], program: "rude", keepWarmMinutes: 10 } as const;
  return withWorkspace(options, wish, async (workspace) => {
    const url = `${(await mustRun(workspace, "deploy")).trim()}/api/hello/`;
    const times: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      await workspace.changeService("hello");
      await mustRun(workspace, "deploy");
      times.push((await timeSwitch(workspace, url, ["rollback"])).trafficMs);
      await mustRun(workspace, "unpin", "hello");
    }
    options.say(`warm: ${times.join(", ")} ms`);
    return median(times);
  });
}

/** The last service of the set to move. */
async function measureWarmSet(options: MeasureOptions): Promise<number> {
  const wish = { services: setServices, program: "rude", keepWarmMinutes: 10 } as const;
  return withWorkspace(options, wish, async (workspace) => {
    const address = (await mustRun(workspace, "deploy")).trim();
    for (const name of setServices) await workspace.changeService(name);
    await mustRun(workspace, "deploy");
    const watches = setServices.map((name) => watchFrontDoor(`${address}/api/${name}/`));
    await until(() => watches.every(({ seen }) => seen.length > 2));
    const before = watches.map(({ seen }) => seen.at(-1)?.instance ?? null);
    const afterMs = Date.now();
    await mustRun(workspace, "rollback");
    await Promise.all(watches.map(async (watch) => watch.stop()));
    const moved = watches.map(({ seen }, index) =>
      findFirstOther(seen, { instance: before[index] ?? null, afterMs }),
    );
    return Math.max(...moved.map((one) => (one?.answeredMs ?? Infinity) - afterMs));
  });
}

async function timeSwitch(
  workspace: DeployWorkspace,
  url: string,
  command: readonly string[],
): Promise<Switch> {
  const watch = watchFrontDoor(url);
  await until(() => watch.seen.length > 2);
  const instance = watch.seen.at(-1)?.instance ?? null;
  const afterMs = Date.now();
  const said = await mustRun(workspace, ...command, "--json");
  await watch.stop();
  const first = findFirstOther(watch.seen, { instance, afterMs });
  return { trafficMs: (first?.answeredMs ?? Infinity) - afterMs, bootMs: findBootMs(said) };
}

/** What the app itself took: starting its container or process counts as ours. */
function findBootMs(said: string): number {
  const events = said.split("\n").flatMap((line) => (line === "" ? [] : [JSON.parse(line)]));
  return events
    .filter(({ type, step }) => type === "step-done" && step.kind === "await-ready")
    .reduce((sum, { durationMs }) => sum + Number(durationMs), 0);
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}
