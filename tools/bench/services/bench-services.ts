import type { Bench, BenchOptions, BenchResult, Table } from "../bench.ts";
import { measure } from "../measure.ts";
import { countQueries, logStatements } from "./count-queries.ts";
import { insertToken, people } from "./insert-token.ts";
import { lists, type List } from "./lists.ts";
import { allServices, startStack, type Stack } from "./start-stack.ts";

const COUNTED_TIMES = 3;
const defaultRounds = 100;

/** p50, p95 and queries of every list and of `GET /session`, over HTTP, on an association of the real size. */
export const benchServices: Bench = async (options) => {
  const stack = await startStack({ members: 10_000, services: allServices, say: options.say });
  try {
    const tokens = {
      admin: await insertToken(stack, people.admin),
      board: await insertToken(stack, people.board),
    };
    return await measureAll(stack, tokens, options);
  } finally {
    await stack.stop();
  }
};

type Tokens = Readonly<Record<List["as"], string>>;

async function measureAll(
  stack: Stack,
  tokens: Tokens,
  { rounds, say }: BenchOptions,
): Promise<BenchResult> {
  const probes = lists.map((list) => ({
    list,
    url: `${stack.urls.get(list.service)}${list.path}`,
    headers: { "x-auth-token": tokens[list.as] },
  }));
  say("count queries");
  await logStatements(stack, "all");
  const queries: number[] = [];
  for (const { list, ...request } of probes) {
    // Once before, so that who calls is known and only the list's own queries count.
    await measure({ ...request, rounds: 1 });
    const counts: number[] = [];
    for (let time = 0; time < COUNTED_TIMES; time += 1) {
      counts.push(await countQueries(stack, list.service, () => fetchAll(request)));
    }
    // The least: now and then a job in the background asks something at the same time.
    queries.push(Math.min(...counts));
  }
  await logStatements(stack, "none");
  const rows: Table["rows"][number][] = [];
  say(`measure ${probes.length} lists`);
  for (const [index, { list, ...request }] of probes.entries()) {
    const { count, p50Ms, p95Ms } = await measure({ ...request, rounds: rounds ?? defaultRounds });
    rows.push([
      list.service,
      `GET ${list.path}`,
      list.as,
      count,
      queries[index] ?? null,
      p50Ms,
      p95Ms,
    ]);
  }
  return {
    name: "services",
    setting: `10 000 members, 250 bodies, 2 000 applications to one Agora; ${rounds ?? defaultRounds} requests each, one after the other`,
    table: { header: ["service", "list", "as", "count", "queries", "p50 ms", "p95 ms"], rows },
    rows: [],
    leftOut: [],
  };
}

async function fetchAll({ url, headers }: { url: string; headers: Record<string, string> }) {
  const answer = await fetch(url, { headers });
  await answer.text();
}

/** A session straight in core's tables: logging in would cost a second of hashing and asks for a password. */
