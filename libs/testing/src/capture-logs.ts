import { Writable } from "node:stream";

export interface CapturedLogs {
  /** A destination for pino. */
  stream: Writable;
  /** Everything that was logged, as text: to search for what must never be there. */
  text(): string;
  lines(): Record<string, unknown>[];
}

export function captureLogs(): CapturedLogs {
  const chunks: string[] = [];
  const text = () => chunks.join("");
  return {
    stream: new Writable({
      write(chunk, _encoding, done) {
        chunks.push(String(chunk));
        done();
      },
    }),
    text,
    lines: () =>
      text()
        .split("\n")
        .filter((line) => line !== "")
        .map((line) => JSON.parse(line)),
  };
}
