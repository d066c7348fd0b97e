import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { Socket } from "node:net";
import type { Readable } from "node:stream";

import type { HostCommand, HostResult } from "./host.ts";
import { quoteArgv } from "./quote-argv.ts";

/** One shell that stays open on a host and runs one command after the other. */
export interface RemoteShell {
  /** Null when the shell ends before the command did: the connection is lost. */
  run(command: HostCommand): Promise<HostResult | null>;
  close(): void;
}

/**
 * A login by SSH takes the host a tenth of a second, also on an open connection; a line to a shell that waits takes a
 * thousandth. `argv` starts a plain `sh` there that reads what to do from its standard input.
 */
export function openRemoteShell([program, ...args]: readonly [string, ...string[]]): RemoteShell {
  const child = spawn(program, args, { stdio: ["pipe", "pipe", "pipe"] });
  const closed = new Promise<null>((resolve) => {
    child.once("error", () => resolve(null)).once("close", () => resolve(null));
  });
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  const hold = holdProcess(child);
  hold(false);
  // What could not be written shows as the shell's end.
  child.stdin.on("error", () => {});
  return {
    async run(command) {
      waiting += 1;
      hold(true);
      const result = last
        .then(async () => Promise.race([closed, exchange(child, command)]))
        .finally(() => {
          waiting -= 1;
          if (waiting === 0) hold(false);
        });
      last = result;
      return result;
    },
    close: () => child.stdin.end(),
  };
}

/** A shell that waits keeps nobody from ending. */
function holdProcess(child: ChildProcessWithoutNullStreams): (isHeld: boolean) => void {
  const streams = [child.stdin, child.stdout, child.stderr];
  return (isHeld) => {
    const change = isHeld ? "ref" : "unref";
    child[change]();
    for (const stream of streams) if (stream instanceof Socket) stream[change]();
  };
}

async function exchange(
  { stdin, stdout, stderr }: ChildProcessWithoutNullStreams,
  command: HostCommand,
): Promise<HostResult> {
  const mark = randomUUID();
  const answers = Promise.all([readUntil(stdout, mark), readUntil(stderr, mark)]);
  stdin.write(formatExchange(command, mark));
  const [out, err] = await answers;
  return { exitCode: Number(out.tail), stdout: out.text, stderr: err.text };
}

/** `printf` is the shell's own, so the input is in no process's arguments. */
function formatExchange({ argv, input = "" }: HostCommand, mark: string): string {
  const encoded = Buffer.from(input).toString("base64");
  const source = encoded === "" ? ":" : `printf %s '${encoded}' | base64 -d`;
  return `${source} | ${quoteArgv(argv)}; printf '${mark} %s\\n' "$?"; printf '${mark} \\n' >&2\n`;
}

interface Answer {
  text: string;
  /** What follows the mark on its line. */
  tail: string;
}

async function readUntil(stream: Readable, mark: string): Promise<Answer> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    const take = (chunk: Buffer) => {
      chunks.push(chunk);
      const found = findAnswer(chunks, mark);
      if (found === null) return;
      stream.off("data", take);
      resolve(found);
    };
    stream.on("data", take);
  });
}

function findAnswer(chunks: readonly Buffer[], mark: string): Answer | null {
  if (chunks.at(-1)?.at(-1) !== newline) return null;
  const whole = Buffer.concat(chunks);
  const at = whole.lastIndexOf(mark);
  if (at === -1) return null;
  const tail = whole
    .subarray(at + mark.length)
    .toString()
    .trim();
  return { text: whole.subarray(0, at).toString(), tail };
}

const newline = 10;
