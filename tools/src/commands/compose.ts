import { askPlatform } from "../cli/ask-platform.ts";
import type { CommandContext, CommandInput } from "../cli/command.ts";
import { openSession } from "../cli/open-session.ts";
import { SlipwayError } from "../errors.ts";
import { exitCodes, type ExitCode } from "../exit-codes.ts";

/** Prints what Compose was told on the first host: one document a project. Secrets are files, so none is in it. */
export async function run(context: CommandContext, { flags }: CommandInput): Promise<ExitCode> {
  const session = await openSession(context, flags);
  const environment = session.environment.name;
  const projects = await askPlatform(
    session,
    async (platform) => platform.readProjects?.() ?? null,
  );
  if (projects === null) {
    throw new SlipwayError("CONFIG_INVALID", `${environment} does not run in containers.`, {
      hint: `Its driver is ${session.environment.driver}. See what runs: npx nx run tools:status --env=${environment}`,
    });
  }
  context.report.answer({
    document: { type: "compose", version: 1, environment, projects },
    text: projects.trimEnd(),
  });
  return exitCodes.done;
}
