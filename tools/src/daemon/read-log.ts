import { open, stat } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";

const tailBytes = 256 * 1024;
const pollMs = 200;

/** Last lines of a log, oldest first, reaching into the file rotated last; empty when there is none. */
export async function readLastLines(file: string, count: number): Promise<string[]> {
  const current = await readTail(file);
  if (current.length >= count) return current.slice(-count);
  return [...(await readTail(`${file}.1`)), ...current].slice(-count);
}

/** Lines written from now on, until the signal. */
export async function* followLines(file: string, signal: AbortSignal): AsyncIterable<string> {
  let position = await readSize(file);
  let rest = "";
  while (!signal.aborted) {
    const size = await readSize(file);
    // A smaller file was rotated: what it holds now is new.
    if (size < position) position = 0;
    if (size > position) {
      const lines = (rest + (await readRange(file, position, size))).split("\n");
      position = size;
      rest = lines.pop() ?? "";
      yield* lines;
    }
    await delay(pollMs, undefined, { signal }).catch(() => {});
  }
}

async function readTail(file: string): Promise<string[]> {
  const size = await readSize(file);
  const start = Math.max(0, size - tailBytes);
  const lines = (await readRange(file, start, size)).split("\n");
  if (start > 0) lines.shift();
  if (lines.at(-1) === "") lines.pop();
  return lines;
}

async function readSize(file: string): Promise<number> {
  return await stat(file).then(
    (found) => found.size,
    () => 0,
  );
}

async function readRange(file: string, start: number, end: number): Promise<string> {
  if (end <= start) return "";
  const handle = await open(file, "r");
  try {
    const buffer = Buffer.alloc(end - start);
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, start);
    return buffer.toString("utf8", 0, bytesRead);
  } finally {
    await handle.close();
  }
}
