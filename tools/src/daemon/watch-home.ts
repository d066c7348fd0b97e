import { stat } from "node:fs/promises";

const everyMs = 1000;

/**
 * Tells once when the file is gone or another one: somebody has deleted the environment's folder, so no command finds
 * this daemon any more.
 */
export async function watchHome(file: string, onLost: () => void): Promise<{ stop(): void }> {
  const known = await readNumber(file);
  async function look(): Promise<void> {
    if ((await readNumber(file)) === known) return;
    clearInterval(timer);
    onLost();
  }
  const timer = setInterval(() => void look(), everyMs);
  return { stop: () => clearInterval(timer) };
}

async function readNumber(file: string): Promise<number | null> {
  return await stat(file).then(
    ({ ino }) => ino,
    () => null,
  );
}
