import { appendFile, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { expect, test } from "vitest";

import { createFakeLedgerStore } from "../../test/fakes/fake-ledger-store.ts";
import { createTestFolder } from "../../test/fixtures/test-folder.ts";
import { firstPrevHash, sealRecord, type LedgerRecord } from "../deploy/ledger-record.ts";
import type { LeaseHolder, LedgerStore } from "./ledger-store.ts";
import { createLocalDirStore } from "./local-dir.ts";

const stores = [
  ["fake", async () => createFakeLedgerStore()],
  ["local-dir", async () => createLocalDirStore(await createTestFolder("ledger-"))],
] as const;

const holder: LeaseHolder = {
  actor: { name: "Ada", kind: "git" },
  run: "run-1",
  reason: null,
  command: "deploy",
  host: "pc7",
  pid: 4711,
  pidStartedAt: "1",
  takenAt: "2026-11-23T12:00:00.000Z",
  expiresAt: "2026-11-23T12:00:15.000Z",
};

function buildRecord(previous: LedgerRecord | null, epoch = 1): LedgerRecord {
  return sealRecord({
    event: "environment-stopped",
    data: {},
    seq: (previous?.seq ?? 0) + 1,
    time: "2026-11-23T12:00:00.000Z",
    run: "run-1",
    epoch,
    actor: { name: "Ada", kind: "git" },
    reason: null,
    prevHash: previous?.hash ?? firstPrevHash,
  });
}

async function fill(store: LedgerStore): Promise<readonly [LedgerRecord, LedgerRecord]> {
  const first = buildRecord(null);
  const second = buildRecord(first);
  await store.append(first);
  await store.append(second);
  return [first, second];
}

test.each(stores)("%s: is empty and unlocked at first", async (_name, create) => {
  const store = await create();

  expect(await store.read()).toEqual({ records: [], tornBytes: 0 });
  expect(await store.readLease()).toEqual({ epoch: 0, holder: null });
});

test.each(stores)("%s: gives back what was appended, in order", async (_name, create) => {
  const store = await create();

  const [first, second] = await fill(store);

  expect((await store.read()).records).toEqual([first, second]);
});

test.each(stores)("%s: refuses a record that does not follow the last", async (_name, create) => {
  const store = await create();
  const [first] = await fill(store);

  await expect(store.append(buildRecord(first))).rejects.toMatchObject({ code: "LEDGER_CONFLICT" });
});

test.each(stores)("%s: of two that append at once exactly one wins", async (_name, create) => {
  const store = await create();
  const [, second] = await fill(store);

  const results = await Promise.allSettled([
    store.append(buildRecord(second)),
    store.append(buildRecord(second)),
  ]);

  expect(results.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
});

test.each(stores)("%s: refuses a writer whose lock was taken over", async (_name, create) => {
  const store = await create();
  await store.swapLease({ epoch: 0, holder: null }, { epoch: 2, holder });

  await expect(store.append(buildRecord(null, 1))).rejects.toMatchObject({ code: "LOCK_LOST" });
});

test.each(stores)("%s: swaps the lease only when it is as expected", async (_name, create) => {
  const store = await create();

  const results = await Promise.all([
    store.swapLease({ epoch: 0, holder: null }, { epoch: 1, holder }),
    store.swapLease({ epoch: 0, holder: null }, { epoch: 1, holder: { ...holder, pid: 4712 } }),
  ]);

  expect(results.map(String).toSorted()).toEqual(["false", "true"]);
  expect((await store.readLease()).epoch).toBe(1);
});

test("local-dir: reads past a record that was cut off, and repairs it before the next", async () => {
  const folder = await createTestFolder("ledger-");
  const store = createLocalDirStore(folder);
  const [first, second] = await fill(store);
  await appendFile(join(folder, "ledger.jsonl"), '{"seq":3,"event":"run-op');
  const other = createLocalDirStore(folder);

  expect(await other.read()).toEqual({ records: [first, second], tornBytes: 24 });
  expect(await other.repair()).toBe(24);
  await other.append(buildRecord(second));

  expect((await other.read()).records).toHaveLength(3);
});

test("local-dir: notices a record that was edited", async () => {
  const folder = await createTestFolder("ledger-");
  const store = createLocalDirStore(folder);
  await fill(store);
  const file = join(folder, "ledger.jsonl");
  await writeFile(file, (await readFile(file, "utf8")).replace("Ada", "Eve"));

  await expect(store.read()).rejects.toMatchObject({
    code: "LEDGER_BROKEN",
    message: expect.stringContaining("Record 1 of"),
  });
});

test("local-dir: takes two writers in turn that each believe to be alone", async () => {
  const folder = await createTestFolder("ledger-");
  const [one, other] = [createLocalDirStore(folder), createLocalDirStore(folder)];
  const first = buildRecord(null);
  await one.append(first);
  const second = buildRecord(first);
  await other.append(second);

  await expect(one.append(buildRecord(first))).rejects.toMatchObject({ code: "LEDGER_CONFLICT" });
  await one.append(buildRecord(second));

  expect((await other.read()).records).toHaveLength(3);
});
