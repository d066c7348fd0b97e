import type { Bench, BenchResult } from "../bench.ts";
import { compare, type Runner } from "../compare/compare.ts";
import type { Row } from "../compare/row.ts";
import { installPeers } from "../install-peers.ts";
import { askNx, askSlipway, createTurboJudge, type Judge } from "./judges.ts";
import { score } from "./score.ts";
import { truths } from "./scratch-files.ts";
import { writeScratch, type Scratch } from "./write-scratch.ts";

const sizes = [5, 50, 300];
const defaultRounds = 3;

/** Which images does a change affect: time, precision and recall, beside Nx and Turborepo. */
export const benchAffected: Bench = async ({ rounds, say }) => {
  const leftOut: string[] = [];
  const peers: Record<string, Judge> = { "nx affected": askNx };
  try {
    const find = await installPeers();
    peers["turbo ls --affected"] = createTurboJudge(find("turbo"));
  } catch (error) {
    leftOut.push(`turbo: npm can't install it here (${String(error).split("\n")[0]})`);
  }
  const rows: Row[] = [];
  const scores: BenchRow[] = [];
  for (const services of sizes) {
    await using scratch = await writeScratch(services);
    for (const change of Object.keys(truths)) {
      say(`${services} services, ${change}`);
      await scratch.commit(change);
      const name = `affected: ${change}, ${services} services`;
      const measured = await measureChange(scratch, {
        peers,
        rounds: rounds ?? defaultRounds,
        name,
      });
      rows.push(...measured.rows);
      const truth = truths[change]?.(services) ?? [];
      for (const [judge, named] of measured.named) {
        const { precision, recall } = score(named, truth);
        scores.push([change, services, judge, truth.length, named.length, precision, recall]);
      }
    }
  }
  return { name: "affected", setting, table: { header, rows: scores }, rows, leftOut };
};

type BenchRow = NonNullable<BenchResult["table"]>["rows"][number];

const setting =
  "whole processes, as CI starts them (no Nx daemon); a scratch repository of 5, 50 and 300 services, one library for five of them";
const header = ["change", "services", "judge", "affected", "named", "precision", "recall"];

interface Task {
  peers: Readonly<Record<string, Judge>>;
  rounds: number;
  name: string;
}

interface MeasuredChange {
  rows: Row[];
  /** What each judge answered, the last time it was asked. */
  named: Map<string, readonly string[]>;
}

async function measureChange(
  scratch: Scratch,
  { peers, rounds, name }: Task,
): Promise<MeasuredChange> {
  const named = new Map<string, readonly string[]>();
  const time = (judge: string, ask: Judge): Runner => {
    return async () => {
      const startedAt = performance.now();
      named.set(judge, await ask(scratch));
      return performance.now() - startedAt;
    };
  };
  const rows = await compare({
    name,
    unit: "ms",
    rounds,
    ours: time("tools:changes", askSlipway),
    peers: Object.fromEntries(
      Object.entries(peers).map(([judge, ask]) => [judge, time(judge, ask)]),
    ),
  });
  return { rows, named };
}
