import { SlipwayError } from "../errors.ts";
import { exitCodes, type ExitCode } from "../exit-codes.ts";
import { createReporter, isColourful } from "../output/create-reporter.ts";
import { formatFailure } from "../output/format-failure.ts";
import { hasCode } from "../workspace/has-code.ts";
import { adapters } from "./adapters.ts";
import { commandTable } from "./command-table.ts";
import type { CliProcess, CommandDefinition, Flags } from "./command.ts";
import { findWorkspace } from "./find-workspace.ts";
import { parseArguments } from "./parse-arguments.ts";

/** Runs one command line to its exit code. Prints a failure once; nothing else does. */
export async function runCli(argv: readonly string[], host: CliProcess): Promise<ExitCode> {
  try {
    const parsed = parseArguments(argv, commandTable);
    if (parsed.kind === "help") return printHelp(parsed.text, host);
    return await runCommand(parsed.command, parsed.input, host);
  } catch (error) {
    return printFailure(asFailure(error, host.signal), argv, host);
  }
}

function printHelp(text: string, host: CliProcess): ExitCode {
  host.stdout.write(text);
  return exitCodes.done;
}

async function runCommand(
  command: CommandDefinition,
  input: { flags: Flags; names: readonly string[] },
  host: CliProcess,
): Promise<ExitCode> {
  const report = createReporter(input.flags, host);
  try {
    const workspace = await findWorkspace(host.cwd);
    const { run } = await command.load();
    return await run(
      { ...host, workspace, report, adapters: host.adapters ?? adapters, commands: commandTable },
      input,
    );
  } finally {
    report.close();
  }
}

/** After Ctrl-C whatever a call under way throws means just that. A run says itself what holds. */
function asFailure(error: unknown, signal: AbortSignal): unknown {
  if (error instanceof SlipwayError) return error;
  if (hasCode(error, "ENOSPC") || hasCode(error, "EDQUOT")) return diskFull(error);
  if (!signal.aborted) return error;
  return new SlipwayError("INTERRUPTED", "Interrupted.", {
    hint: "Nothing was touched.",
    cause: error,
  });
}

function diskFull(cause: unknown): SlipwayError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new SlipwayError("DISK_FULL", `This machine's disk is full: ${reason}.`, {
    hint: "Make room and run this again: it goes on with what is missing. dist/image-cache may be deleted at any time.",
    cause,
  });
}

function printFailure(error: unknown, argv: readonly string[], host: CliProcess): ExitCode {
  if (argv.includes("--json")) host.stdout.write(`${JSON.stringify(describeFailure(error))}\n`);
  const colour = isColourful(host.stderr, host.env) && !argv.includes("--no-color");
  host.stderr.write(formatFailure(error, { colour }));
  return error instanceof SlipwayError ? error.exitCode : exitCodes.failed;
}

function describeFailure(error: unknown): Record<string, unknown> {
  const shared = { type: "error", version: 1 };
  if (!(error instanceof SlipwayError)) {
    const message = error instanceof Error ? error.message : String(error);
    return {
      ...shared,
      code: "UNEXPECTED",
      message,
      details: [],
      hint: null,
      exitCode: exitCodes.failed,
    };
  }
  const { code, message, details, hint = null, exitCode } = error;
  return { ...shared, code, message, details, hint, exitCode };
}
