import { afterAll, expect, test } from "vitest";

import { planGate } from "../../src/changes/plan-gate.ts";
import { readChanges } from "../../src/cli/read-changes.ts";
import { formatTable } from "../../src/output/format-table.ts";
import { createTestFolder } from "../fixtures/test-folder.ts";
import { writeRepository } from "./change-workspace.ts";
import { intentCases } from "./intent-cases.ts";
import { workspaceCases } from "./workspace-cases.ts";

const table: string[][] = [];

afterAll(() => {
  process.stdout.write(`${formatTable(table)}\n${table.length} repositories\n`);
});

test.each([...intentCases, ...workspaceCases])(
  "judges $title",
  async ({ title, before, change, ...expected }) => {
    const folder = await createTestFolder("changes-");
    const base = await writeRepository(folder, before ?? {}, change);

    const verdict = planGate(await readChanges(folder, base));
    const found = {
      affected: verdict.affected.map(({ service }) => service),
      findings: [...new Set(verdict.findings.map(({ code }) => code))].toSorted(),
      isCovered: verdict.isCovered,
    };
    table.push([
      found.isCovered ? "passes" : "fails",
      title,
      found.affected.join(" ") || "-",
      found.findings.join(" "),
    ]);

    expect(found).toEqual(expected);
  },
);
