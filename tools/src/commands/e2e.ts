import type { CommandContext, CommandInput } from "../cli/command.ts";
import { findConnection, openSession, type Session } from "../cli/open-session.ts";
import { listFlows } from "../e2e/list-flows.ts";
import { runFlows } from "../e2e/run-flows.ts";
import { SlipwayError } from "../errors.ts";
import { exitCodes, type ExitCode } from "../exit-codes.ts";
import { formatFlows } from "../output/format-flows.ts";

/** Walks through the flows in a browser, against an environment that allows test data. */
export async function run(context: CommandContext, { flags }: CommandInput): Promise<ExitCode> {
  const { workspace, env, report, signal } = context;
  const session = await openSession(context, flags);
  const { name, testData, throwAway = false } = session.environment;
  if (!testData) throw refuse(name);
  const only = await listFlows(workspace, flags.only);
  const address = throwAway ? null : await findAddress(session);

  const result = await runFlows({ workspace, environment: name, address, only, env, signal });
  report.answer({
    document: { type: "e2e", version: 1, environment: name, ...result },
    text: formatFlows(result),
    advice: `Report: ${result.report}`,
  });
  return result.isPassed ? exitCodes.done : exitCodes.failed;
}

async function findAddress(session: Session): Promise<string> {
  const connection = await findConnection(session);
  if (connection !== null) {
    const address = connection.gateway.publicUrl();
    await connection.close();
    return address;
  }
  const { name } = session.environment;
  throw new SlipwayError("ENVIRONMENT_STOPPED", `${name} does not run.`, {
    hint: `Start it: npx nx run tools:deploy --env=${name}. Or test a throw-away one: --env=ci`,
  });
}

function refuse(name: string): SlipwayError {
  return new SlipwayError(
    "TEST_DATA_REFUSED",
    `${name} allows no test data, and the flows sign up people and write events.`,
    { hint: "Nothing was touched. Use --env=ci, or an environment with `testData: true`." },
  );
}
