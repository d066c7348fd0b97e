import { createHash, randomBytes } from "node:crypto";
import { mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir, userInfo } from "node:os";
import { dirname, join } from "node:path";

import { execa } from "execa";

import type { SlipwayError } from "../errors.ts";
import { explainSshFailure } from "./explain-ssh-failure.ts";
import type { Host, HostCommand, HostResult } from "./host.ts";
import { quoteArgv } from "./quote-argv.ts";
import { openRemoteShell, type RemoteShell } from "./remote-shell.ts";
import { planSshArguments, type SshDestination } from "./ssh-destination.ts";

/** ssh's own exit code for its own failures. */
const sshFailed = 255;
const connectLimitMs = 15_000;
const persistSeconds = 60;
const refusalMs = 5000;
/** What is longer gets a session of its own. */
const shellInputBytes = 65_536;

/**
 * A host reached by OpenSSH. All commands and forwarded sockets share one connection, which outlives us by a minute,
 * so that the next command need not log in again.
 */
export async function openSshHost(destination: SshDestination, folder: string): Promise<Host> {
  const sockets = await ensureSocketFolder(destination);
  const { options, destination: who } = planSshArguments(destination, join(sockets, "control"));
  // Whoever else is done with a target takes only its own way there down, though the connection is the same.
  const own = join(sockets, randomBytes(4).toString("hex"));
  const forwarded = new Map<string, Promise<string>>();

  async function ssh(args: readonly string[], input?: string | Uint8Array): Promise<HostResult> {
    const {
      exitCode = sshFailed,
      stdout,
      stderr,
    } = await execa("ssh", [...options, ...args], {
      ...(input === undefined ? { stdin: "ignore" as const } : { input }),
      reject: false,
      stripFinalNewline: false,
    });
    return { exitCode, stdout, stderr };
  }

  let refusal: { error: SlipwayError; atMs: number } | null = null;

  async function connect(): Promise<void> {
    if ((await ssh(["-O", "check", who])).exitCode === 0) return;
    // Whoever was not there a moment ago is not asked again at once.
    if (refusal !== null && Date.now() - refusal.atMs < refusalMs) throw refusal.error;
    const persist = ["-o", "ControlMaster=yes", "-o", `ControlPersist=${persistSeconds}`];
    const opened = await openMaster([...options, ...persist, "-N", "-f", who]);
    // What a connection that is lost has forwarded leads nowhere.
    forwarded.clear();
    if (opened.exitCode === 0 || (await ssh(["-O", "check", who])).exitCode === 0) return;
    refusal = { error: explainSshFailure(destination, opened.stderr), atMs: Date.now() };
    throw refusal.error;
  }

  async function forward(target: string, socketName: string): Promise<string> {
    const local = join(own, hash(target).slice(0, 8), socketName);
    await mkdir(dirname(local), { recursive: true, mode: 0o700 });
    await connect();
    const { exitCode, stderr } = await ssh(["-O", "forward", "-L", `${local}:${target}`, who]);
    if (exitCode !== 0) throw explainSshFailure(destination, stderr);
    return local;
  }

  await connect();
  const commands = createCommands({ ssh, connect, who, options });
  return {
    name: destination.name,
    folder,
    run: async (command) => commands.run(command),
    async reach(address, socketName = "s") {
      const key = `${socketName} ${address}`;
      const known = forwarded.get(key) ?? forward(address, socketName);
      forwarded.set(key, known);
      known.catch(() => forwarded.delete(key));
      return { socketPath: await known };
    },
    async close() {
      commands.close();
      const ways = [...forwarded].map(async ([key, local]) => nameWay(key, await local));
      for (const way of await Promise.allSettled(ways)) {
        if (way.status === "fulfilled") await ssh(["-O", "cancel", "-L", way.value, who]);
      }
      await rm(own, { recursive: true, force: true });
    },
  };
}

/** As OpenSSH names what it forwards: `<here>:<there>`. */
function nameWay(key: string, local: string): string {
  return `${local}:${key.slice(key.indexOf(" ") + 1)}`;
}

interface Connected {
  ssh: (args: readonly string[], input?: string | Uint8Array) => Promise<HostResult>;
  connect: () => Promise<void>;
  who: string;
  options: readonly string[];
}

/** Commands go through one shell that stays open; when the connection is lost, once more through a new one. */
function createCommands({ ssh, connect, who, options }: Connected) {
  let shell: RemoteShell | null = null;

  async function runOnce(command: HostCommand): Promise<HostResult | null> {
    shell ??= openRemoteShell(["ssh", ...options, who, "exec sh"]);
    const used = shell;
    const result = await used.run(command);
    if (result === null && shell === used) shell = null;
    return result;
  }

  return {
    async run(command: HostCommand): Promise<HostResult> {
      const { argv, input = "" } = command;
      const result = input.length > shellInputBytes ? null : await runOnce(command);
      if (result !== null) return result;
      await connect();
      return ssh([who, quoteArgv(argv)], input);
    },
    close: () => shell?.close(),
  };
}

/** What it says goes through a file: the connection stays open in the background and would hold a pipe for good. */
async function openMaster(args: readonly string[]): Promise<{ exitCode: number; stderr: string }> {
  const scratch = await mkdtemp(join(tmpdir(), "slipway-ssh-"));
  const file = join(scratch, "said");
  try {
    const { exitCode = sshFailed } = await execa("ssh", args, {
      stdin: "ignore",
      stdout: "ignore",
      stderr: { file },
      reject: false,
      timeout: connectLimitMs,
    });
    return { exitCode, stderr: await readFile(file, "utf8").catch(() => "") };
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** Short, since the path of a socket may have 108 characters only; one for everything the connection depends on. */
async function ensureSocketFolder(destination: SshDestination): Promise<string> {
  const base = join("/tmp", `slipway-ssh-${userInfo().uid}`);
  const folder = join(base, hash(JSON.stringify(destination)).slice(0, 12));
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return folder;
}

function hash(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
