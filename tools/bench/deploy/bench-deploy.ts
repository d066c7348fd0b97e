import { readLab } from "../../lab/lab-facts.ts";
import type { Bench } from "../bench.ts";
import { planRow } from "../compare/compare.ts";
import type { Row } from "../compare/row.ts";
import type { Contestant } from "./contestant.ts";
import { type Figures, measureRound, works } from "./measure-round.ts";
import { openComposeUp } from "./open-compose-up.ts";
import { openOurs } from "./open-ours.ts";

const defaultRounds = 3;
const setting =
  "one service, strict clients without retry; ours whole commands with build; peer's images built before, its way back from a bad version typed at once";
const leftOut = [
  "docker service update: not measured yet",
  "start-second-then-stop-first behind nginx: not measured yet",
];

/** One changed service under load, nothing changed, the way back and a bad version. */
export const benchDeploy: Bench = async ({ rounds, say }) => {
  const lab = await readLab();
  const host = lab?.hosts.find(({ ssh }) => ssh === null);
  if (lab === null || host === undefined) {
    const noLab = "all of it: no lab is up. Bring it up: npx nx run tools:lab up";
    return { name: "deploy", setting, table: null, rows: [], leftOut: [noLab] };
  }
  await using parts = new AsyncDisposableStack();
  const end = () => void parts.disposeAsync().finally(() => process.kill(process.pid, "SIGINT"));
  process.once("SIGINT", end);
  parts.defer(() => void process.removeListener("SIGINT", end));
  const contestants = [
    parts.use(await openOurs(null)),
    parts.use(await openOurs(host.name)),
    parts.use(await openComposeUp(lab, host)),
  ];
  const taken = await takeRounds(contestants, rounds ?? defaultRounds, say);
  const [ownProcess = [], ownCompose = [], peers = []] = taken;
  const rows = [
    ...planRows("process", ownProcess, peers),
    ...planRows("compose", ownCompose, peers),
  ];
  return { name: "deploy", setting, table: null, rows, leftOut };
};

/** Figures of each contestant in their order; each round begins with another. */
async function takeRounds(
  contestants: readonly Contestant[],
  rounds: number,
  say: (line: string) => void,
): Promise<Figures[][]> {
  const taken = contestants.map((): Figures[] => []);
  for (let turn = 0; turn < rounds * contestants.length; turn += 1) {
    const round = Math.floor(turn / contestants.length);
    const index = (turn + round) % contestants.length;
    const contestant = contestants[index];
    if (contestant === undefined) continue;
    const figures = await measureRound(contestant);
    say(`${contestant.name}: ${JSON.stringify(figures)}`);
    taken[index]?.push(figures);
  }
  return taken;
}

function planRows(driver: string, ours: readonly Figures[], peers: readonly Figures[]): Row[] {
  const keys = ["lost", "traffic", "p99", "nothing", "back", "bad"] as const;
  return keys.map((key) =>
    planRow(
      { name: `${works[key].name} (${driver})`, unit: works[key].unit },
      {
        peerName: "docker compose up -d --wait",
        ours: ours.map((one) => one[key]),
        peers: peers.map((one) => one[key]),
      },
    ),
  );
}
