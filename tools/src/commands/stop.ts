import type { CommandContext, CommandInput } from "../cli/command.ts";
import { findConnection, openSession } from "../cli/open-session.ts";
import { runExclusively } from "../cli/run-exclusively.ts";
import { exitCodes, type ExitCode } from "../exit-codes.ts";

/** Ends every process of the environment; data, secrets and history stay. */
export async function run(context: CommandContext, { flags }: CommandInput): Promise<ExitCode> {
  const session = await openSession(context, flags);
  const { name } = session.environment;
  const connection = await findConnection(session);
  await connection?.close();
  if (connection !== null) {
    await runExclusively(session, {
      command: "stop",
      async work({ ledger, platform }) {
        await platform.shutdown();
        await ledger.append({ event: "environment-stopped", data: {} });
      },
    });
  }
  const outcome = connection === null ? "was not running" : "stopped";
  context.report.answer({
    document: { type: "stop", version: 1, environment: name, outcome },
    text: `${name} ${outcome}`,
    advice: `Its data and history stay. Start again with: npx nx run tools:deploy --env=${name}`,
  });
  return exitCodes.done;
}
