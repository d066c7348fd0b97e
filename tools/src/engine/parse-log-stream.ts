/** Header of each frame: stream, three zeros, length of what follows. */
const headerBytes = 8;

/** Lines of a container's log, standard output and errors in the order in which they were written. */
export async function* parseLogStream(chunks: AsyncIterable<Uint8Array>): AsyncIterable<string> {
  let rest = "";
  for await (const content of readFrames(chunks)) {
    const lines = (rest + content).split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
  }
  if (rest !== "") yield rest;
}

async function* readFrames(chunks: AsyncIterable<Uint8Array>): AsyncIterable<string> {
  const decoder = new TextDecoder();
  let buffer = Buffer.alloc(0);
  for await (const chunk of chunks) {
    buffer = Buffer.concat([buffer, chunk]);
    let length = frameLength(buffer);
    while (length !== null && buffer.length >= length) {
      yield decoder.decode(buffer.subarray(headerBytes, length), { stream: true });
      buffer = buffer.subarray(length);
      length = frameLength(buffer);
    }
  }
}

function frameLength(buffer: Buffer): number | null {
  return buffer.length < headerBytes ? null : headerBytes + buffer.readUInt32BE(4);
}
