import type { CommandContext, CommandInput } from "../cli/command.ts";
import { runChecks } from "../cli/run-checks.ts";
import { exitCodes, type ExitCode } from "../exit-codes.ts";
import { formatTable } from "../output/format-table.ts";

/** Looks at everything a deployment needs; changes nothing. */
export async function run(context: CommandContext, { flags }: CommandInput): Promise<ExitCode> {
  const checks = await runChecks(context, flags);
  const rows = checks.map(({ name, isFine, finding }) => [isFine ? "✔" : "✖", name, finding]);
  context.report.answer({
    document: { type: "doctor", version: 1, environment: flags.env, checks },
    text: formatTable(rows),
  });
  return checks.every(({ isFine }) => isFine) ? exitCodes.done : exitCodes.failed;
}
