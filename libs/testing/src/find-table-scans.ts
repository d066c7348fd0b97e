import { Client } from "pg";
import Type, { type Static } from "typebox";
import { Parse } from "typebox/value";

const PlanNode = Type.Cyclic(
  {
    Node: Type.Object({
      "Node Type": Type.String(),
      "Relation Name": Type.Optional(Type.String()),
      "Index Cond": Type.Optional(Type.String()),
      Filter: Type.Optional(Type.String()),
      Plans: Type.Optional(Type.Array(Type.Ref("Node"))),
    }),
  },
  "Node",
);
type PlanNode = Static<typeof PlanNode>;

const Answer = Type.Object({
  "QUERY PLAN": Type.Tuple([Type.Object({ Plan: PlanNode })]),
});

export interface TableScan {
  table: string;
  statement: string;
}

/**
 * Statements that read a table from end to end even where PostgreSQL avoids that at any price:
 * they have no index. Their parameters may be anything, and tables may be empty.
 */
export async function findTableScans(
  url: string,
  statements: readonly string[],
): Promise<TableScan[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query("set enable_seqscan = off");
    const scans: TableScan[] = [];
    for (const statement of new Set(statements)) {
      const { rows } = await client.query(`explain (generic_plan, format json) ${statement}`);
      const plan = Parse(Answer, rows[0])["QUERY PLAN"][0].Plan;
      scans.push(...listScannedTables(plan).map((table) => ({ table, statement })));
    }
    return scans;
  } finally {
    await client.end();
  }
}

function listScannedTables(node: PlanNode): string[] {
  const table = node["Relation Name"];
  const own = table !== undefined && readsWholeTable(node) ? [table] : [];
  return [...own, ...(node.Plans ?? []).flatMap(listScannedTables)];
}

/** An index that is walked from end to end to throw rows away is no better than the table. */
function readsWholeTable(node: PlanNode): boolean {
  const kind = node["Node Type"];
  const isWalked = kind === "Index Scan" || kind === "Index Only Scan";
  return (
    kind === "Seq Scan" ||
    (isWalked && node["Index Cond"] === undefined && node.Filter !== undefined)
  );
}
