import type { CommandContext, CommandInput } from "../cli/command.ts";
import { judgeChanges } from "../cli/judge-changes.ts";
import type { WriteWish } from "../cli/write-changeset.ts";
import { exitCodes, type ExitCode } from "../exit-codes.ts";
import { findBase } from "../git/find-base.ts";
import { formatChangesMarkdown } from "../output/format-changes-markdown.ts";
import { formatChanges } from "../output/format-changes.ts";

/** Which images this branch changes, why, and whether changesets cover them. */
export async function run(context: CommandContext, { flags }: CommandInput): Promise<ExitCode> {
  const base = await findBase(context.workspace, flags.base);
  const verdict = await judgeChanges(context.workspace, base);
  const isWritten = flags.write && (await writeMissing(context, { flags, verdict }));
  const final = isWritten ? await judgeChanges(context.workspace, base) : verdict;
  context.report.answer({
    document: { type: "changes", version: 1, ...final },
    text: flags.markdown ? formatChangesMarkdown(final).trimEnd() : formatChanges(final),
  });
  return final.isCovered ? exitCodes.done : exitCodes.gateRefused;
}

async function writeMissing(context: CommandContext, wish: WriteWish): Promise<boolean> {
  const { writeChangeset } = await import("../cli/write-changeset.ts");
  const written = await writeChangeset(context, wish);
  if (written !== null) context.report.event({ type: "note", text: `Wrote ${written.path}` });
  return written !== null;
}
