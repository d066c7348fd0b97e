/** Lines of several sources as they come. */
export async function* mergeLines(
  sources: readonly AsyncIterable<string>[],
): AsyncIterable<string> {
  const iterators = sources.map((source) => source[Symbol.asyncIterator]());
  const waiting = new Map(iterators.map((iterator) => [iterator, iterator.next()]));
  while (waiting.size > 0) {
    const { iterator, result } = await Promise.race(
      [...waiting].map(async ([one, next]) => ({ iterator: one, result: await next })),
    );
    if (result.done === true) {
      waiting.delete(iterator);
      continue;
    }
    waiting.set(iterator, iterator.next());
    yield result.value;
  }
}
