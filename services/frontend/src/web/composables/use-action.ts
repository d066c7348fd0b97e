import { type Ref, ref } from "vue";

import { notifyDone, notifyFailed } from "./notices.ts";

export interface Action {
  isRunning: Ref<boolean>;
  /** Runs the task unless one is running; says how it went. True when it went well. */
  run: (task: () => Promise<unknown>, done: string) => Promise<boolean>;
}

/** For buttons that change something at once, without a form. */
export function useAction(): Action {
  const isRunning = ref(false);

  async function run(task: () => Promise<unknown>, done: string): Promise<boolean> {
    if (isRunning.value) return false;
    isRunning.value = true;
    try {
      await task();
      notifyDone(done);
      return true;
    } catch (failure) {
      notifyFailed(failure);
      return false;
    } finally {
      isRunning.value = false;
    }
  }

  return { isRunning, run };
}
