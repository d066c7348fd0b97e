import { createHash } from "node:crypto";
import { appendFile, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { expect, test } from "vitest";

import { createFakeLedgerStore } from "../../test/fakes/fake-ledger-store.ts";
import { createTestFolder } from "../../test/fixtures/test-folder.ts";
import { firstPrevHash, sealRecord, type LedgerRecord } from "../deploy/ledger-record.ts";
import { createLocalHost } from "../hosts/local-host.ts";
import { createHostDirStore } from "./host-dir.ts";
import type { LeaseHolder, LedgerStore } from "./ledger-store.ts";
import { createLocalDirStore } from "./local-dir.ts";

const stores = [
  ["fake", async () => createFakeLedgerStore()],
  ["local-dir", async () => createLocalDirStore(await createTestFolder("ledger-"))],
  ["host-dir", async () => createHostDir(await createTestFolder("ledger-"))],
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

/** On this machine: what differs on another is only how its programs are started. */
function createHostDir(folder: string): LedgerStore {
  return createHostDirStore(createLocalHost({ name: "here", folder }), createLocalDirStore(folder));
}

test("host-dir: repairs a record that was cut off, and appends after it", async () => {
  const folder = await createTestFolder("ledger-");
  const [, second] = await fill(createHostDir(folder));
  await appendFile(join(folder, "ledger.jsonl"), '{"seq":3,"event":"run-op');

  await createHostDir(folder).append(buildRecord(second));

  expect(await createHostDir(folder).read()).toMatchObject({ tornBytes: 0 });
  expect((await createHostDir(folder).read()).records).toHaveLength(3);
});

function seal(changes: object): string {
  const { hash: _hash, ...draft } = { ...buildRecord(null), seq: 3, ...changes };
  const sum = createHash("sha256").update(JSON.stringify(draft)).digest("hex");
  return JSON.stringify({ ...draft, hash: sum });
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

  expect(await store.read()).toMatchObject({ records: [], tornBytes: 0 });
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

  expect(await other.read()).toMatchObject({ records: [first, second], tornBytes: 24 });
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
    message: expect.stringMatching(
      /^Line 1 of .*: it does not fit its hash or the record before\.$/,
    ),
  });
});

test.each(stores)("%s: reads on from a mark, and only what follows", async (_name, create) => {
  const store = await create();
  const first = buildRecord(null);
  await store.append(first);
  const { end } = await store.read();
  const second = buildRecord(first);
  await store.append(second);

  expect((await store.readAfter(end))?.records).toEqual([second]);
  expect(await store.readAfter({ ...end, hash: second.hash })).toBeNull();
});

test.each(stores)("%s: keeps a snapshot", async (_name, create) => {
  const store = await create();

  expect(await store.readSnapshot()).toBeNull();
  await fill(store);
  await store.writeSnapshot("state");

  expect(await store.readSnapshot()).toBe("state");
});

/** As hostile hands or a bad disk may leave them: each fits its hash, none is a record. */
test.each([
  ["no text", "null", "Line 3 of"],
  ["a list", "[]", "Line 3 of"],
  ["nothing of a record", "{}", "actor: expected a group of fields, got nothing"],
  ["a number where a run stands", seal({ run: 7 }), "run: expected"],
  ["a step of no kind", seal({ event: "return-intended", data: { step: {} } }), "step"],
  ["a negative step", seal({ event: "step-done", data: { index: -1, durationMs: 1 } }), "index"],
  ["a plan without steps", seal({ event: "run-opened", data: { plan: {} } }), "plan."],
])("local-dir: names the line that holds %s", async (_what, line, fault) => {
  const folder = await createTestFolder("ledger-");
  const store = createLocalDirStore(folder);
  await fill(store);
  await appendFile(join(folder, "ledger.jsonl"), `${line}\n`);

  await expect(store.read()).rejects.toMatchObject({
    code: "LEDGER_BROKEN",
    message: expect.stringMatching(/^Line 3 of .*ledger\.jsonl is no valid record: /),
    hint: expect.stringContaining("restored from a copy"),
  });
  await expect(store.read()).rejects.toThrow(fault);
});

test("local-dir: lets an event of a newer Slipway through", async () => {
  const folder = await createTestFolder("ledger-");
  const store = createLocalDirStore(folder);
  const [, second] = await fill(store);
  const { hash: _hash, ...draft } = buildRecord(second);
  const newer = { ...draft, event: "moon-landed", data: { who: "Neil" } };
  const sum = createHash("sha256").update(JSON.stringify(newer)).digest("hex");
  await appendFile(join(folder, "ledger.jsonl"), `${JSON.stringify({ ...newer, hash: sum })}\n`);

  expect((await store.read()).records).toHaveLength(3);
});

test.each([
  ["", "no word"],
  ["null", "(the whole file): expected"],
  ['{"epoch":-1,"holder":null}', "epoch: expected a whole number of at least 0, got -1 (line 1)"],
  ['{"epoch":1,"holder":{"run":5}}', "holder"],
  ["{", "line 1 is no JSON"],
])("local-dir: takes the lock %j for what it is", async (text, fault) => {
  const folder = await createTestFolder("ledger-");
  await writeFile(join(folder, "lease.json"), text);
  const read = createLocalDirStore(folder).readLease();

  const outcome = await read.then(
    () => "no word",
    (error: Error) => error.message,
  );

  expect(outcome).toContain(fault);
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
