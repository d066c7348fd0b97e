import type { EngineClient } from "../../engine/engine-client.ts";
import { parseLogStream } from "../../engine/parse-log-stream.ts";
import { runOnHost } from "../../hosts/run-on-host.ts";

export async function readContainerLog(
  engine: EngineClient,
  name: string,
  lines: number | "all",
): Promise<readonly string[] | null> {
  const answer = await engine.open({ path: logPath(name, `tail=${lines}`) });
  if (answer === null) return null;
  const found: string[] = [];
  for await (const line of parseLogStream(answer)) found.push(line);
  return found;
}

export async function* followContainerLog(
  engine: EngineClient,
  name: string,
  signal: AbortSignal,
): AsyncIterable<string> {
  const answer = await engine.open({ path: logPath(name, "tail=0&follow=1"), signal });
  if (answer === null) return;
  try {
    yield* parseLogStream(answer);
  } catch (cause) {
    if (!signal.aborted) throw cause;
  }
}

/** A container takes its log with it, so its last part is put beside the others before. */
export async function keepLog(engine: EngineClient, name: string, file: string): Promise<void> {
  const lines = await readContainerLog(engine, name, keptLines);
  if (lines === null) return;
  const script = 'umask 077; mkdir -p "$(dirname "$1")" && cat >"$1"';
  const input = lines.map((line) => `${line}\n`).join("");
  await runOnHost(engine.host, { argv: ["sh", "-c", script, "sh", file], input });
}

export async function readKeptLog(
  { host }: EngineClient,
  file: string,
  lines: number,
): Promise<readonly string[]> {
  const { exitCode, stdout } = await host.run({ argv: ["tail", "-n", String(lines), "--", file] });
  return exitCode === 0 ? stdout.split("\n").slice(0, -1) : [];
}

const keptLines = 10_000;

function logPath(name: string, query: string): string {
  return `/containers/${encodeURIComponent(name)}/logs?stdout=1&stderr=1&${query}`;
}
