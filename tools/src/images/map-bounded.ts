/** Results in the order of the items, with at most `limit` at work. The first failure ends it. */
export async function mapBounded<T, R>(
  items: readonly T[],
  limit: number,
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const queue = items.entries();
  const results: [number, R][] = [];

  async function workOn(): Promise<void> {
    for (const [position, item] of queue) {
      results.push([position, await work(item)]);
    }
  }

  await Promise.all(Array.from({ length: limit }, workOn));
  return results.toSorted(([a], [b]) => a - b).map(([, result]) => result);
}
