import type { CommandContext, CommandInput } from "../cli/command.ts";
import { openSession } from "../cli/open-session.ts";
import { runExclusively } from "../cli/run-exclusively.ts";
import { SlipwayError } from "../errors.ts";
import { exitCodes, type ExitCode } from "../exit-codes.ts";

/** Keeps deployments out until the time given, or until `unfreeze`. */
export async function run(context: CommandContext, { flags }: CommandInput): Promise<ExitCode> {
  const { env: environment, reason } = flags;
  if (reason === undefined) {
    throw new SlipwayError("REASON_MISSING", "A freeze is met by others, who want to know why.", {
      hint: 'Nothing was touched. Add --reason="…".',
    });
  }
  const until = parseUntil(flags.until);
  const session = await openSession(context, flags);
  await runExclusively(session, {
    command: "freeze",
    work: ({ ledger }) => ledger.append({ event: "frozen", data: { until } }),
  });
  context.report.answer({
    document: { type: "freeze", version: 1, environment, until, reason },
    text: `${environment} is frozen${until === null ? "" : ` until ${until}`}`,
    advice: `End it with: npx nx run tools:unfreeze --env=${environment}`,
  });
  return exitCodes.done;
}

function parseUntil(text: string | undefined): string | null {
  if (text === undefined) return null;
  const time = new Date(text);
  if (!Number.isNaN(time.getTime())) return time.toISOString();
  throw new SlipwayError(
    "FLAGS_INVALID",
    `--until wants a time like 2026-12-24T18:00Z, not "${text}".`,
  );
}
