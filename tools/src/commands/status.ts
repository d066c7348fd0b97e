import type { CommandContext, CommandInput } from "../cli/command.ts";
import { findConnection, openSession, readState } from "../cli/open-session.ts";
import { readStatus } from "../cli/read-status.ts";
import { exitCodes, type ExitCode } from "../exit-codes.ts";
import { isColourful } from "../output/create-reporter.ts";
import { formatStatus } from "../output/format-status.ts";
import { createPaint } from "../output/paint.ts";

/** What runs, whether it works, and whether it is what was asked for. */
export async function run(context: CommandContext, { flags }: CommandInput): Promise<ExitCode> {
  const session = await openSession(context, flags);
  const connection = await findConnection(session, { mayLackHosts: true });
  try {
    const status = await readStatus(session, { state: await readState(session), connection });
    const paint = createPaint(flags.color && isColourful(context.stdout, context.env));
    const now = context.adapters.clock.now();
    context.report.answer({ document: { ...status }, text: formatStatus(status, { now, paint }) });
    return exitCodes.done;
  } finally {
    await connection?.close();
  }
}
