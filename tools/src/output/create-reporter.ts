import type { CliProcess, Flags, OutputStream } from "../cli/command.ts";
import { createJsonReporter } from "./json.ts";
import { createPaint } from "./paint.ts";
import { createPlainReporter } from "./plain.ts";
import type { Reporter } from "./reporter.ts";
import { createTerminalReporter } from "./terminal.ts";

type Wishes = Pick<Flags, "json" | "quiet" | "color">;
type Host = Pick<CliProcess, "stdout" | "stderr" | "env">;

export function createReporter(flags: Wishes, host: Host): Reporter {
  const options = {
    stdout: host.stdout,
    stderr: host.stderr,
    quiet: flags.quiet,
    paint: createPaint(flags.color && isColourful(host.stderr, host.env)),
  };
  if (flags.json) return createJsonReporter(options);
  return isInteractive(host) ? createTerminalReporter(options) : createPlainReporter(options);
}

export function isColourful(stream: OutputStream, env: Host["env"]): boolean {
  return stream.isTTY === true && !env["NO_COLOR"] && env["TERM"] !== "dumb";
}

/** Lines may be rewritten in place only where a person watches. */
function isInteractive({ stderr, env }: Host): boolean {
  return stderr.isTTY === true && env["TERM"] !== "dumb" && !env["CI"];
}
