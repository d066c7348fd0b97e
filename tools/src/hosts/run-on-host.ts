import { SlipwayError } from "../errors.ts";
import type { Host, HostCommand } from "./host.ts";

const ownerless = "";

/** Runs a program that must succeed; gives what it printed. Throws HOST_FULL, HOST_FAILED. */
export async function runOnHost(host: Host, command: HostCommand): Promise<string> {
  const { exitCode, stdout, stderr } = await host.run(command);
  if (exitCode === 0) return stdout;
  const last = stderr.trim().split("\n").at(-1) ?? "";
  if (/no space left on device/iu.test(stderr)) {
    throw new SlipwayError("HOST_FULL", `The disk of ${host.name} is full: ${last}`, {
      hint: "Make room there, then run the command again.",
    });
  }
  throw new SlipwayError(
    "HOST_FAILED",
    `On ${host.name}, ${command.argv[0]} ended with exit code ${exitCode}: ${last || "no words"}`,
  );
}

export interface HostFile {
  path: string;
  content: string;
  mode: "0600" | "0644";
  /** `65532:65532`; whoever writes it when left out. */
  owner?: string;
}

const writeScript = [
  'umask 077; mkdir -p "$(dirname "$1")" && cat >"$1.new" && chmod "$2" "$1.new"',
  '{ [ -z "$3" ] || chown "$3" "$1.new"; } && sync "$1.new" && mv "$1.new" "$1"',
].join(" && ");

/** Whole or not at all, also when the power fails. The content goes through the pipe, never through an argument. */
export async function writeHostFile(host: Host, file: HostFile): Promise<void> {
  const { path, content, mode, owner = ownerless } = file;
  const argv = ["sh", "-c", writeScript, "sh", path, mode, owner] as const;
  await runOnHost(host, { argv, input: content });
}

const absent = 44;

/** Null when there is no such file. */
export async function readHostFile(host: Host, path: string): Promise<string | null> {
  const script = `[ -e "$1" ] || exit ${absent}; exec cat "$1"`;
  const command: HostCommand = { argv: ["sh", "-c", script, "sh", path] };
  const { exitCode, stdout } = await host.run(command);
  if (exitCode === absent) return null;
  return exitCode === 0 ? stdout : runOnHost(host, command);
}
