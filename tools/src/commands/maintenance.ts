import type { CommandContext, CommandInput, Flags } from "../cli/command.ts";
import { openSession } from "../cli/open-session.ts";
import { runExclusively } from "../cli/run-exclusively.ts";
import type { LedgerEvent } from "../deploy/ledger-record.ts";
import { SlipwayError } from "../errors.ts";
import { exitCodes, type ExitCode } from "../exit-codes.ts";

const defaultPage = "We are working on it. Try again in a while.";

/** Closes the front door to people or opens it again; services keep running and reach each other. */
export async function run(context: CommandContext, { flags }: CommandInput): Promise<ExitCode> {
  const { env: environment } = flags;
  const message = chooseMessage(flags);
  const session = await openSession(context, flags);
  await runExclusively(session, {
    command: "maintenance",
    async work({ ledger, gateway }) {
      await gateway.maintain(message);
      await ledger.append(describe(message));
    },
  });
  context.report.answer({
    document: { type: "maintenance", version: 1, environment, message },
    text: message === null ? `${environment} is open` : `${environment} shows: ${message}`,
    ...(message === null
      ? {}
      : { advice: `Open it with: npx nx run tools:maintenance --env=${environment} --off` }),
  });
  return exitCodes.done;
}

/** Null opens. */
function chooseMessage({ on, off, page = defaultPage }: Flags): string | null {
  if (on !== off) return on ? page : null;
  throw new SlipwayError("FLAGS_INVALID", "maintenance wants either --on or --off.", {
    hint: "Nothing was touched.",
  });
}

function describe(message: string | null): LedgerEvent {
  return message === null
    ? { event: "maintenance-ended", data: {} }
    : { event: "maintenance-begun", data: { message } };
}
