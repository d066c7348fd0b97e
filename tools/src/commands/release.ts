import type { CommandContext, CommandInput } from "../cli/command.ts";
import { openRelease } from "../cli/open-release.ts";
import { exitCodes, type ExitCode } from "../exit-codes.ts";
import { formatReleasePlan } from "../output/format-release-plan.ts";
import { describeRelease, formatRelease } from "../output/format-release.ts";
import { createPaint } from "../output/paint.ts";
import { planRelease } from "../release/plan-release.ts";
import { readReleaseFacts } from "../release/read-release-facts.ts";
import { runRelease } from "../release/run-release.ts";

/** Brings registry, git tags and GitHub releases to what the release branch says. */
export async function run(context: CommandContext, { flags }: CommandInput): Promise<ExitCode> {
  const { clock } = context.adapters;
  const startedAt = clock.now().getTime();
  const { wish, ports } = await openRelease(context, flags);
  if (flags.dryRun) {
    const plan = planRelease(await readReleaseFacts(wish, ports));
    const text = formatReleasePlan(plan, createPaint(false)).trimEnd();
    context.report.answer({ document: { type: "release-plan", ...plan }, text });
    return plan.steps.length > 0 && flags.exitCode ? exitCodes.planHasChanges : exitCodes.done;
  }
  const result = await runRelease(wish, ports);
  const durationMs = clock.now().getTime() - startedAt;
  context.report.answer({
    document: describeRelease(result, durationMs),
    advice: formatRelease(result, durationMs),
    text: result.set?.id ?? "",
  });
  return exitCodes.done;
}
