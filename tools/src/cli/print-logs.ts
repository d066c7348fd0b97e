import { SlipwayError } from "../errors.ts";
import { isColourful } from "../output/create-reporter.ts";
import { formatLogLine } from "../output/format-log-line.ts";
import { createPaint } from "../output/paint.ts";
import type { Runtime } from "../runtimes/runtime.ts";
import type { CommandContext, Flags } from "./command.ts";
import type { LoggedInstance } from "./pick-instances.ts";

interface LogSource {
  context: CommandContext;
  flags: Flags;
  runtime: Runtime;
}

export async function printInstances(
  source: LogSource,
  instances: readonly LoggedInstance[],
): Promise<void> {
  const print = createLinePrinter(source);
  for (const instance of instances) {
    for (const line of await source.runtime.logs(instance.id, source.flags.lines))
      print(instance, line);
  }
}

/** Until Ctrl-C. */
export async function followInstances(
  source: LogSource,
  instances: readonly LoggedInstance[],
): Promise<void> {
  const print = createLinePrinter(source);
  const { runtime, context } = source;
  const followers = instances.map(async (instance) => {
    for await (const line of runtime.followLogs(instance.id, context.signal)) print(instance, line);
  });
  await Promise.all(followers);
}

function createLinePrinter({ context, flags }: LogSource) {
  const paint = createPaint(flags.color && isColourful(context.stdout, context.env));
  return ({ service, id }: LoggedInstance, line: string): void => {
    const text = flags.json
      ? JSON.stringify({ type: "log", version: 1, service, instance: id, line })
      : `${paint("dim", service.padEnd(11))} ${formatLogLine(line, paint)}`;
    context.stdout.write(`${text}\n`);
  };
}

export function environmentStopped(environment: string): SlipwayError {
  return new SlipwayError("ENVIRONMENT_STOPPED", `${environment} does not run.`, {
    hint: `Start it with: npx nx run tools:deploy --env=${environment}`,
  });
}
