import { planGate } from "../changes/plan-gate.ts";
import type { Verdict } from "../changes/verdict.ts";
import type { CommandContext, CommandInput } from "../cli/command.ts";
import { readChanges } from "../cli/read-changes.ts";
import { writeChangeset } from "../cli/write-changeset.ts";
import { exitCodes, type ExitCode } from "../exit-codes.ts";
import { findBase } from "../git/find-base.ts";
import { formatChangesMarkdown } from "../output/format-changes-markdown.ts";
import { formatChanges } from "../output/format-changes.ts";

/** Which images this branch changes, why, and whether changesets cover them. */
export async function run(context: CommandContext, { flags }: CommandInput): Promise<ExitCode> {
  const base = await findBase(context.workspace, flags.base);
  const verdict = await judge(context.workspace, base);
  const written = flags.write ? await writeChangeset(context, verdict) : null;
  if (written !== null) context.report.event({ type: "note", text: `Wrote ${written.path}` });
  const final = written === null ? verdict : await judge(context.workspace, base);
  context.report.answer({
    document: { type: "changes", version: 1, ...final },
    text: flags.markdown ? formatChangesMarkdown(final).trimEnd() : formatChanges(final),
  });
  return final.isCovered ? exitCodes.done : exitCodes.gateRefused;
}

async function judge(workspace: string, base: string): Promise<Verdict> {
  return planGate(await readChanges(workspace, base));
}
