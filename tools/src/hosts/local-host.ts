import { execa } from "execa";

import type { Host, HostCommand, HostResult } from "./host.ts";
import { openRemoteShell, type RemoteShell } from "./remote-shell.ts";

/** What is longer gets a process of its own. */
const shellInputBytes = 65_536;

/** This machine. Its commands go through one small shell: to start each from here would copy this whole process first. */
export function createLocalHost({ name, folder }: { name: string; folder: string }): Host {
  let shell: RemoteShell | null = null;
  return {
    name,
    folder,
    async run(command) {
      if ((command.input?.length ?? 0) > shellInputBytes) return runAlone(command);
      shell ??= openRemoteShell(["sh"]);
      return (await shell.run(command)) ?? runAlone(command);
    },
    async reach(address) {
      if (address.startsWith("/")) return { socketPath: address };
      const at = address.lastIndexOf(":");
      return { host: address.slice(0, at), port: Number(address.slice(at + 1)) };
    },
    async close() {
      shell?.close();
      shell = null;
    },
  };
}

async function runAlone({
  argv: [program, ...args],
  input = "",
}: HostCommand): Promise<HostResult> {
  const {
    exitCode = 127,
    stdout,
    stderr,
  } = await execa(program, args, { input, reject: false, stripFinalNewline: false });
  return { exitCode, stdout, stderr };
}
