import { array, assert, asyncProperty, integer, string } from "fast-check";
import { expect, test } from "vitest";

import { parseLogStream } from "./parse-log-stream.ts";

function frame(content: string): Buffer {
  const header = Buffer.from([1, 0, 0, 0, 0, 0, 0, 0]);
  header.writeUInt32BE(Buffer.byteLength(content), 4);
  return Buffer.concat([header, Buffer.from(content)]);
}

async function* cut(bytes: Buffer, size: number): AsyncIterable<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

test("gives the lines as they were written, wherever the stream is cut", async () => {
  const line = string({ unit: "grapheme" }).map((text) => text.replaceAll("\n", " "));
  await assert(
    asyncProperty(array(line), integer({ min: 1, max: 64 }), async (lines, size) => {
      const bytes = Buffer.concat(lines.map((text) => frame(`${text}\n`)));

      expect(await collect(parseLogStream(cut(bytes, size)))).toEqual(lines);
    }),
  );
});

test("keeps a last line without an end", async () => {
  const bytes = Buffer.concat([frame("one\ntw"), frame("o\nthree")]);

  expect(await collect(parseLogStream(cut(bytes, 100)))).toEqual(["one", "two", "three"]);
});

async function collect(lines: AsyncIterable<string>): Promise<string[]> {
  const found: string[] = [];
  for await (const line of lines) found.push(line);
  return found;
}
