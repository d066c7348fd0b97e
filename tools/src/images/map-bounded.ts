/**
 * Results in the order of the items, with at most `limit` at work. After the first failure nothing new begins;
 * what is under way is waited for, so that nothing works on unseen.
 */
export async function mapBounded<T, R>(
  items: readonly T[],
  limit: number,
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const queue = items.entries();
  const results: [number, R][] = [];
  const failures: unknown[] = [];

  async function workOn(): Promise<void> {
    for (const [position, item] of queue) {
      if (failures.length > 0) {
        return;
      }
      await work(item).then(
        (result) => results.push([position, result]),
        (failure: unknown) => failures.push(failure),
      );
    }
  }

  await Promise.all(Array.from({ length: limit }, workOn));
  if (failures.length > 0) {
    throw failures[0];
  }
  return results.toSorted(([a], [b]) => a - b).map(([, result]) => result);
}
