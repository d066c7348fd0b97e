import { readFile } from "node:fs/promises";

import Type, { type Static } from "typebox";
import { Value } from "typebox/value";

import { formatTable } from "../../src/output/format-table.ts";
import type { Row } from "./row.ts";

const BaselineSchema = Type.Object({
  rows: Type.Array(
    Type.Object({
      name: Type.String(),
      peerName: Type.String(),
      ratio: Type.Number(),
      spread: Type.Tuple([Type.Number(), Type.Number()]),
    }),
  ),
});

type Baseline = Static<typeof BaselineSchema>;

/** A file that an earlier run wrote with `--json`. */
export async function readBaseline(file: string): Promise<Baseline> {
  const content: unknown = JSON.parse(await readFile(file, "utf8"));
  if (!Value.Check(BaselineSchema, content)) {
    throw new Error(`${file} is no result of nx run tools:bench --json.`);
  }
  return content;
}

/** A row is better or worse only when its ratio left what the rounds of the baseline's own run already spread over. */
export function compareToBaseline(rows: readonly Row[], baseline: Baseline): string {
  const lines = rows.map(({ name, peerName, ratio }) => {
    const before = baseline.rows.find((row) => row.name === name && row.peerName === peerName);
    if (before === undefined) return [name, peerName, "", `${ratio.toFixed(1)}x`, "new"];
    const [least, most] = before.spread;
    const verdict = ratio < least ? "worse" : ratio > most ? "better" : "within the noise";
    return [name, peerName, `${before.ratio.toFixed(1)}x`, `${ratio.toFixed(1)}x`, verdict];
  });
  return `${formatTable([["work", "peer", "baseline", "now", "verdict"], ...lines])}\n`;
}
