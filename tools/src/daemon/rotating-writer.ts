import { createWriteStream, fstatSync, openSync, renameSync, type WriteStream } from "node:fs";

import { type LogLimits, logLimits } from "./rotate-log.ts";

export interface RotatingWriter {
  writeLine(line: string): void;
  close(): Promise<void>;
}

/**
 * Appends lines to a file of our own and starts a new one when it has grown. Loses lines rather than throw: neither a
 * full disk nor a folder that somebody deleted may end the gateway.
 */
export function createRotatingWriter(file: string, limits: LogLimits = logLimits): RotatingWriter {
  let current = open(file);

  function rotate(): void {
    current?.stream.end();
    tryTo(() => renameSync(file, `${file}.1`));
    current = open(file);
  }

  return {
    writeLine(line) {
      if (current === null || current.sizeBytes > limits.maxBytes) rotate();
      if (current === null) return;
      current.sizeBytes += Buffer.byteLength(line) + 1;
      current.stream.write(`${line}\n`);
    },
    close: async () =>
      await new Promise((resolve) => {
        if (current === null) return resolve();
        current.stream.end(() => resolve());
      }),
  };
}

interface OpenFile {
  stream: WriteStream;
  sizeBytes: number;
}

/** Opened at once, not with the first write: a rename must never come before. */
function open(file: string): OpenFile | null {
  return tryTo(() => {
    const fd = openSync(file, "a", 0o600);
    const stream = createWriteStream(file, { fd });
    stream.on("error", () => {});
    return { stream, sizeBytes: fstatSync(fd).size };
  });
}

function tryTo<T>(work: () => T): T | null {
  try {
    return work();
  } catch {
    return null;
  }
}
