/** The same bytes in pieces of exactly this size, but for the last; nothing for nothing. */
export async function* splitChunks(
  stream: AsyncIterable<Uint8Array>,
  chunkBytes: number,
): AsyncGenerator<Uint8Array> {
  let parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of stream) {
    let rest = part;
    while (bytes + rest.byteLength >= chunkBytes) {
      const head = rest.subarray(0, chunkBytes - bytes);
      yield Buffer.concat([...parts, head]);
      rest = rest.subarray(head.byteLength);
      parts = [];
      bytes = 0;
    }
    parts.push(rest);
    bytes += rest.byteLength;
  }
  if (bytes > 0) {
    yield Buffer.concat(parts);
  }
}
