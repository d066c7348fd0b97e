import { createWriteStream, mkdirSync, renameSync, statSync, type WriteStream } from "node:fs";
import { dirname } from "node:path";

import { type LogLimits, logLimits } from "./rotate-log.ts";

export interface RotatingWriter {
  writeLine(line: string): void;
  close(): Promise<void>;
}

/** Appends lines to a file of our own and starts a new one when it has grown. */
export function createRotatingWriter(file: string, limits: LogLimits = logLimits): RotatingWriter {
  mkdirSync(dirname(file), { recursive: true });
  let stream = openStream(file);
  let sizeBytes = sizeOf(file);

  function rotate(): void {
    stream.end();
    renameSync(file, `${file}.1`);
    stream = openStream(file);
    sizeBytes = 0;
  }

  return {
    writeLine(line) {
      if (sizeBytes > limits.maxBytes) rotate();
      sizeBytes += Buffer.byteLength(line) + 1;
      stream.write(`${line}\n`);
    },
    close: async () => await new Promise((resolve) => stream.end(() => resolve())),
  };
}

function openStream(file: string): WriteStream {
  const stream = createWriteStream(file, { flags: "a", mode: 0o600 });
  // A full disk must not end the gateway.
  stream.on("error", () => {});
  return stream;
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
