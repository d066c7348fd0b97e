import { setTimeout as delay } from "node:timers/promises";

export async function until(
  condition: () => boolean | Promise<boolean>,
  limitMs = 15_000,
): Promise<void> {
  const deadlineMs = Date.now() + limitMs;
  while (!(await condition())) {
    if (Date.now() > deadlineMs)
      throw new Error(`Not so after ${limitMs} ms: ${condition.toString()}`);
    await delay(20);
  }
}
