import type { Bench, Table } from "../bench.ts";
import { measure } from "../measure.ts";
import { findSlope } from "./find-slope.ts";
import { insertToken, people } from "./insert-token.ts";
import { startStack } from "./start-stack.ts";

const sizes = [1_000, 10_000, 100_000];
const defaultRounds = 50;

const probes = [
  { path: "/session", as: "admin" },
  { path: "/session", as: "board" },
  { path: "/my_permissions", as: "board" },
  { path: "/members", as: "admin" },
  { path: "/members?query=last299", as: "admin" },
  { path: "/members_search?query=user123", as: "admin" },
  { path: "/bodies", as: "admin" },
  { path: "/bodies/1/join-requests?status=pending", as: "admin" },
  { path: "/circles?all=true", as: "admin" },
  { path: "/permissions/1/members", as: "admin" },
] as const;

/** How the cost of a request to core grows with the association: the exponent of p95 over the number of members. */
export const benchGrowth: Bench = async ({ rounds, say }) => {
  const columns: number[][] = [];
  for (const members of sizes) {
    say(`${members} members`);
    columns.push(await measureSize(members, rounds ?? defaultRounds));
  }
  const rows: Table["rows"][number][] = probes.map(({ path, as }, index) => {
    const costs = columns.map((column) => column[index] ?? Number.NaN);
    return [`GET ${path}`, as, ...costs, findSlope(sizes, costs)];
  });
  const header = ["core", "as", ...sizes.map((size) => `p95 ms at ${size}`), "slope"];
  return { name: "growth", setting, table: { header, rows }, rows: [], leftOut: [] };
};

const setting =
  "core on PostgreSQL, members grow and all that hangs on them; a slope of 0 is constant, 1 is linear";

/** p95 of each probe in milliseconds, in their order. */
async function measureSize(members: number, rounds: number): Promise<number[]> {
  const stack = await startStack({ members, services: ["core"], say: () => {} });
  try {
    const tokens = {
      admin: await insertToken(stack, people.admin),
      board: await insertToken(stack, people.board),
    };
    const costs: number[] = [];
    for (const { path, as } of probes) {
      const url = `${stack.urls.get("core")}${path}`;
      const { p95Ms } = await measure({ url, headers: { "x-auth-token": tokens[as] }, rounds });
      costs.push(p95Ms);
    }
    return costs;
  } finally {
    await stack.stop();
  }
}
