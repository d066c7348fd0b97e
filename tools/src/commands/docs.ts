import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import type { CommandContext, CommandInput } from "../cli/command.ts";
import { formatReference } from "../cli/format-reference.ts";
import { SlipwayError } from "../errors.ts";
import { exitCodes, type ExitCode } from "../exit-codes.ts";

/** Writes `docs/reference` from the code, or with `--check` fails when a file is stale. */
export async function run(context: CommandContext, { flags }: CommandInput): Promise<ExitCode> {
  const folder = join(context.workspace, "docs", "reference");
  const stale: string[] = [];
  for (const [name, content] of Object.entries(formatReference(context.commands))) {
    const path = join(folder, name);
    if ((await readFile(path, "utf8").catch(() => "")) === content) continue;
    stale.push(name);
    if (!flags.check) await writeFile(path, content);
  }
  if (flags.check && stale.length > 0) {
    throw new SlipwayError("REFERENCE_STALE", `docs/reference is stale: ${stale.join(", ")}.`, {
      hint: "Write it again: npx slipway docs",
    });
  }
  context.report.answer({
    document: { type: "docs", version: 1, written: stale },
    text: stale.length === 0 ? "docs/reference is up to date" : `Wrote ${stale.join(", ")}`,
  });
  return exitCodes.done;
}
