/** The part of the browser's LockManager that we use: one holder at a time for each name. */
export function createFakeLocks() {
  const tails = new Map<string, Promise<unknown>>();

  function request<T>(name: string, task: () => Promise<T>): Promise<T> {
    const previous = tails.get(name) ?? Promise.resolve();
    const mine = previous.then(task, task);
    tails.set(name, mine);
    return mine;
  }

  return { request };
}
