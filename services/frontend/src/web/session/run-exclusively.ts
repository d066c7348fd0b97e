let last: Promise<unknown> = Promise.resolve();

/**
 * Runs a task while no other tab of this origin runs one of the same name. Browsers offer locks
 * over tabs in secure contexts only (https, localhost); elsewhere tasks of this tab queue up.
 */
export async function runExclusively<T>(name: string, task: () => Promise<T>): Promise<T> {
  if (typeof navigator.locks?.request === "function") {
    return navigator.locks.request(name, task);
  }
  const mine = last.then(task, task);
  last = mine;
  return mine;
}
