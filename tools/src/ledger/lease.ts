import type { Clock } from "../deploy/run-ports.ts";
import { SlipwayError } from "../errors.ts";
import { describeHolder } from "./describe-holder.ts";
import type { Lease, LeaseHolder, LedgerStore } from "./ledger-store.ts";

const ttlMs = 15_000;
const renewMs = 5_000;
const waitPollMs = 500;

export interface LeaseWish {
  store: LedgerStore;
  environment: string;
  /** Everything about the holder but its times. */
  holder: Omit<LeaseHolder, "takenAt" | "expiresAt">;
  clock: Clock;
  /** Highest epoch that the ledger and the environment have seen: the lease's own file may have been lost. */
  atLeast?: () => Promise<number>;
  /** Wait for the holder instead of failing. */
  wait: boolean;
  signal: AbortSignal;
  onNote: (text: string) => void;
  /** True when the holder provably runs no more. */
  isGone: (holder: LeaseHolder) => Promise<boolean>;
}

/** The lock while we have it. */
export interface HeldLease {
  epoch: number;
  /** Aborted, with LOCK_LOST as reason, when another run has taken over. */
  lost: AbortSignal;
  release(): Promise<void>;
}

/** Takes the environment's lock. Throws LOCK_HELD when somebody has it, unless it may wait. */
export async function takeLease(wish: LeaseWish): Promise<HeldLease> {
  let isTold = false;
  for (;;) {
    const before = await wish.store.readLease();
    if (await isFree(before, wish)) {
      const taken = await tryTake(before, wish);
      if (taken !== null) return holdLease(taken, wish);
      continue;
    }
    if (!wish.wait || wish.signal.aborted) throw lockHeld(before, wish);
    if (!isTold && before.holder !== null) {
      wish.onNote(`Waiting: ${describeHolder(before.holder, wish.clock.now())}.`);
      isTold = true;
    }
    await wish.clock.sleep(waitPollMs, wish.signal);
  }
}

async function isFree({ holder }: Lease, { clock, isGone, onNote }: LeaseWish): Promise<boolean> {
  if (holder === null) return true;
  const hasExpired = Date.parse(holder.expiresAt) <= clock.now().getTime();
  if (!hasExpired && !(await isGone(holder))) return false;
  onNote(
    `Taking over from a run that ended without a word: ${describeHolder(holder, clock.now())}.`,
  );
  return true;
}

/** Each take has a new epoch, so that an earlier holder that wakes up is refused everywhere. */
async function tryTake(
  before: Lease,
  { store, holder, clock, atLeast }: LeaseWish,
): Promise<Lease | null> {
  // Asked only by who may take it: who is refused learns so at once.
  const seen = (await atLeast?.()) ?? 0;
  const now = clock.now();
  const times = { takenAt: now.toISOString(), expiresAt: expiryOf(now) };
  const next = { epoch: Math.max(before.epoch, seen) + 1, holder: { ...holder, ...times } };
  return (await store.swapLease(before, next)) ? next : null;
}

function expiryOf(now: Date): string {
  return new Date(now.getTime() + ttlMs).toISOString();
}

function holdLease(taken: Lease, { store, clock }: LeaseWish): HeldLease {
  const lost = new AbortController();
  const released = new AbortController();
  let current = taken;

  async function renewOnce(): Promise<void> {
    if (current.holder === null) return;
    const next = { ...current, holder: { ...current.holder, expiresAt: expiryOf(clock.now()) } };
    if (await store.swapLease(current, next)) current = next;
    else lost.abort(lockLost());
  }

  async function renewAlways(): Promise<void> {
    while (!released.signal.aborted && !lost.signal.aborted) {
      await clock.sleep(renewMs, released.signal);
      if (!released.signal.aborted) await renewOnce();
    }
  }

  const renewal = renewAlways().catch((cause: unknown) => lost.abort(lockLost(cause)));
  return {
    epoch: taken.epoch,
    lost: lost.signal,
    async release() {
      released.abort();
      await renewal;
      if (!lost.signal.aborted)
        await store.swapLease(current, { epoch: current.epoch, holder: null });
    },
  };
}

function lockHeld({ holder }: Lease, { environment, clock }: LeaseWish): SlipwayError {
  const who = holder === null ? "another run" : describeHolder(holder, clock.now());
  return new SlipwayError("LOCK_HELD", `${environment} is locked: ${who}.`, {
    hint: "Nothing was touched. Wait for it with --wait; if that process is dead, the lock ends by itself within 15 s.",
  });
}

function lockLost(cause?: unknown): SlipwayError {
  return new SlipwayError("LOCK_LOST", "Another run has taken over the lock of this one.", {
    hint: "This run changes nothing any more. See what happened: npx nx run tools:history",
    cause,
  });
}
