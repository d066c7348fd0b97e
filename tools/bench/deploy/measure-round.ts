import { findFirstOther, watchFrontDoor } from "../../bars/watch-front-door.ts";
import { startLoad } from "../../test/load/start-load.ts";
import type { Unit } from "../compare/row.ts";
import type { Contestant } from "./contestant.ts";

export const works = {
  lost: { name: "deploy under load: requests lost", unit: "requests lost" },
  traffic: { name: "deploy under load: time to new version", unit: "ms" },
  p99: { name: "deploy under load: p99", unit: "ms" },
  nothing: { name: "deploy with nothing changed", unit: "ms" },
  back: { name: "roll back", unit: "ms" },
  bad: { name: "detect a version that exits at once, old one serves", unit: "ms" },
} as const satisfies Readonly<Record<string, { name: string; unit: Unit }>>;

export type Figures = Readonly<Record<keyof typeof works, number>>;

/** Every work once. */
export async function measureRound(contestant: Contestant): Promise<Figures> {
  const underLoad = await deployUnderLoad(contestant);
  const nothing = await time(contestant.deployNothing);
  const back = await time(contestant.rollBack);
  return { ...underLoad, nothing, back, bad: await time(contestant.deployBad) };
}

async function deployUnderLoad({ url, deployNext }: Contestant) {
  const load = startLoad({ url, webSockets: 0 });
  const watch = watchFrontDoor(`${url}/`);
  await new Promise((resolve) => setTimeout(resolve, 1000));
  const instance = watch.seen.at(-1)?.instance ?? null;
  const afterMs = Date.now();
  await deployNext();
  await watch.stop();
  const { short, long, latencyMs } = await load.stop();
  const first = findFirstOther(watch.seen, { instance, afterMs });
  const traffic = (first?.answeredMs ?? Infinity) - afterMs;
  return { lost: short.failed + long.failed, traffic, p99: latencyMs.p99 };
}

async function time(work: () => Promise<void>): Promise<number> {
  const startedMs = performance.now();
  await work();
  return performance.now() - startedMs;
}
