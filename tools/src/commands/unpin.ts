import type { CommandContext, CommandInput } from "../cli/command.ts";
import { openSession, readState } from "../cli/open-session.ts";
import { runExclusively } from "../cli/run-exclusively.ts";
import { SlipwayError } from "../errors.ts";
import { exitCodes, type ExitCode } from "../exit-codes.ts";

/** Lifts the pins of these services, or all, and unblocks what they kept out. */
export async function run(
  context: CommandContext,
  { flags, names }: CommandInput,
): Promise<ExitCode> {
  const session = await openSession(context, flags);
  const pinned = Object.keys((await readState(session)).pins);
  const unknown = names.find((name) => !pinned.includes(name));
  if (unknown !== undefined) throw notPinned(unknown, pinned);
  const services = names.length > 0 ? names : pinned;
  if (services.length > 0) {
    await runExclusively(session, {
      command: "unpin",
      async work({ ledger }) {
        for (const service of services) {
          await ledger.append({ event: "pin-lifted", data: { service } });
        }
      },
    });
  }
  context.report.answer({
    document: { type: "unpin", version: 1, environment: flags.env, services },
    text: services.length > 0 ? `Unpinned ${services.join(", ")}` : "Nothing was pinned",
  });
  return exitCodes.done;
}

function notPinned(service: string, pinned: readonly string[]): SlipwayError {
  return new SlipwayError("SERVICE_UNKNOWN", `${service} is not pinned.`, {
    hint: `Nothing was touched. Pinned: ${pinned.join(", ") || "none"}.`,
  });
}
