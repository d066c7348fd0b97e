import { setTimeout as delay } from "node:timers/promises";

export interface LoopOptions {
  /** Does one piece of work; answers whether to go on at once, because there may be more. */
  run: () => Promise<boolean>;
  /** The pause after there was nothing to do, and after a fault. */
  idleMs: number;
  onError: (error: unknown) => void;
}

export interface Loop {
  /** Finishes the piece in hand, then stops. */
  stop(): Promise<void>;
}

/** Work in the background, one piece after the other, that survives its own faults. */
export function startLoop(options: LoopOptions): Loop {
  const stopping = new AbortController();
  const running = runLoop(options, stopping.signal);
  return {
    async stop() {
      stopping.abort();
      await running;
    },
  };
}

async function runLoop(options: LoopOptions, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const goesOn = await runOnce(options);
    if (!goesOn) {
      await delay(options.idleMs, undefined, { signal, ref: false }).catch(() => {});
    }
  }
}

async function runOnce({ run, onError }: LoopOptions): Promise<boolean> {
  try {
    return await run();
  } catch (error) {
    onError(error);
    return false;
  }
}
