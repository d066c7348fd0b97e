import type { CommandContext, CommandInput } from "../cli/command.ts";
import { findConnection, openSession, readState } from "../cli/open-session.ts";
import { pickInstances } from "../cli/pick-instances.ts";
import { environmentStopped, followInstances, printInstances } from "../cli/print-logs.ts";
import { exitCodes, type ExitCode } from "../exit-codes.ts";

/** The last lines of each service's log, and with `--follow` the new ones as they come. */
export async function run(context: CommandContext, { flags }: CommandInput): Promise<ExitCode> {
  const session = await openSession(context, flags);
  const connection = await findConnection(session, { mayLackHosts: true });
  if (connection === null) throw environmentStopped(session.environment.name);
  try {
    const { runtime } = connection;
    const instances = pickInstances(await readState(session), await runtime.list(), flags.service);
    await printInstances({ context, flags, runtime }, instances);
    if (flags.follow) await followInstances({ context, flags, runtime }, instances);
    return exitCodes.done;
  } finally {
    await connection.close();
  }
}
