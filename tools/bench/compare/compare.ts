import { findPercentile } from "../measure.ts";
import type { Row, Unit } from "./row.ts";

/** Does the work once and gives its cost in the contest's unit. */
export type Runner = () => Promise<number>;

export interface Contest {
  name: string;
  unit: Unit;
  rounds: number;
  ours: Runner;
  peers: Readonly<Record<string, Runner>>;
}

/**
 * Takes ours and every peer's once a round, each round beginning with another, so that a machine that slows down
 * slows all of them. A first round that does not count warms caches on both sides.
 */
export async function compare(contest: Contest): Promise<Row[]> {
  const runners = [contest.ours, ...Object.values(contest.peers)];
  await runRound(runners, 0);
  const rounds: number[][] = [];
  for (let round = 0; round < contest.rounds; round += 1) {
    rounds.push(await runRound(runners, round));
  }
  const ours = rounds.map((costs) => costs[0] ?? Number.NaN);
  return Object.keys(contest.peers).map((peerName, index) => {
    const peers = rounds.map((costs) => costs[index + 1] ?? Number.NaN);
    return planRow(contest, { peerName, ours, peers });
  });
}

interface Costs {
  peerName: string;
  ours: readonly number[];
  peers: readonly number[];
}

export function planRow(
  { name, unit }: Pick<Contest, "name" | "unit">,
  { peerName, ours, peers }: Costs,
): Row {
  const ratios = ours.map((own, round) => divide(peers[round] ?? Number.NaN, own));
  return {
    name,
    ours: findPercentile(ours, 0.5),
    peer: findPercentile(peers, 0.5),
    peerName,
    ratio: findPercentile(ratios, 0.5),
    spread: [Math.min(...ratios), Math.max(...ratios)],
    unit,
  };
}

/** Nothing lost on both sides is a draw; a peer that lost against our zero counts by what it lost. */
function divide(peer: number, own: number): number {
  if (own === 0) return peer === 0 ? 1 : 1 + peer;
  return peer / own;
}

/** Costs in the order of `runners`, whoever began. */
async function runRound(runners: readonly Runner[], round: number): Promise<number[]> {
  const costs: number[] = [];
  for (let turn = 0; turn < runners.length; turn += 1) {
    const index = (turn + round) % runners.length;
    const run = runners[index];
    if (run !== undefined) costs[index] = await run();
  }
  return costs;
}
