import { expect, test } from "vitest";

import { createManualClock } from "../../test/fakes/fake-clock.ts";
import { createFakeLedgerStore } from "../../test/fakes/fake-ledger-store.ts";
import { takeLease, type LeaseWish } from "./lease.ts";

function createOperators() {
  const store = createFakeLedgerStore();
  const clock = createManualClock();
  const notes: string[] = [];
  const build = (name: string, wish: Partial<LeaseWish> = {}): LeaseWish => ({
    store,
    environment: "local",
    clock,
    wait: false,
    signal: new AbortController().signal,
    onNote: (text) => notes.push(text),
    isGone: async () => false,
    holder: {
      actor: { name, kind: "git" },
      run: `run-${name}`,
      reason: "sign-up fails",
      command: "deploy",
      host: "pc7",
      pid: 4711,
      pidStartedAt: "1",
    },
    ...wish,
  });
  return { store, clock, notes, build };
}

test("tells the second operator who holds the lock, since when, why, and what to do", async () => {
  const { build, clock } = createOperators();
  await takeLease(build("Ada"));
  await clock.advance(3000);

  await expect(takeLease(build("Grace"))).rejects.toMatchObject({
    code: "LOCK_HELD",
    exitCode: 12,
    message:
      'local is locked: Ada runs "deploy", begun 3 s ago (sign-up fails; process 4711 on pc7).',
    hint: expect.stringContaining("--wait"),
  });
});

test("gives the lock on when it was released, with a higher epoch", async () => {
  const { build } = createOperators();
  const first = await takeLease(build("Ada"));
  await first.release();

  const second = await takeLease(build("Grace"));

  expect([first.epoch, second.epoch]).toEqual([1, 2]);
});

test("begins above all that was ever seen when its file was lost", async () => {
  const { build } = createOperators();

  const lease = await takeLease(build("Ada", { atLeast: async () => 41 }));

  expect(lease.epoch).toBe(42);
});

test("stays held as long as its holder lives", async () => {
  const { build, clock } = createOperators();
  const lease = await takeLease(build("Ada"));
  await clock.advance(5000);
  await clock.advance(5000);
  await clock.advance(5000);
  await clock.advance(5000);

  await expect(takeLease(build("Grace"))).rejects.toMatchObject({ code: "LOCK_HELD" });
  expect(lease.lost.aborted).toBe(false);
});

test("is taken over at once when its holder provably runs no more", async () => {
  const { build, notes } = createOperators();
  await takeLease(build("Ada"));

  const second = await takeLease(build("Grace", { isGone: async () => true }));

  expect(second.epoch).toBe(2);
  expect(notes).toEqual([
    'Taking over from a run that ended without a word: Ada runs "deploy", begun 0 s ago (sign-up fails; process 4711 on pc7).',
  ]);
});

test("a holder that slept through its time finds the lock lost", async () => {
  const { build, clock, store } = createOperators();
  const sleeper = await takeLease(build("Ada"));
  const before = await store.readLease();
  await store.swapLease(before, { epoch: 2, holder: before.holder });

  await clock.advance(5000);

  expect(sleeper.lost.aborted).toBe(true);
  expect(sleeper.lost.reason).toMatchObject({ code: "LOCK_LOST", exitCode: 12 });
});

test("waits for its turn when asked to", async () => {
  const { build, clock, notes } = createOperators();
  const first = await takeLease(build("Ada"));
  const waiting = takeLease(build("Grace", { wait: true }));
  await clock.advance(500);
  await first.release();
  await clock.advance(500);

  expect((await waiting).epoch).toBe(2);
  expect(notes[0]).toMatch(/^Waiting: Ada runs "deploy"/);
});
