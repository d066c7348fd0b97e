import { appendFile, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { expect, test } from "vitest";

import { createTestFolder } from "../../test/fixtures/test-folder.ts";
import { firstPrevHash, sealRecord, type LedgerRecord } from "../deploy/ledger-record.ts";
import { SlipwayError } from "../errors.ts";
import { createLocalHost } from "../hosts/local-host.ts";
import { createCopiedStore } from "./copied-store.ts";
import { createHostDirStore } from "./host-dir.ts";
import { createLocalDirStore } from "./local-dir.ts";

const file = "ledger.jsonl";

function buildRecord(previous: LedgerRecord | null, command = "first"): LedgerRecord {
  return sealRecord({
    event: "environment-stopped",
    data: {},
    seq: (previous?.seq ?? 0) + 1,
    time: "2026-11-24T03:00:00.000Z",
    run: `run-${command}`,
    epoch: 1,
    actor: { name: "Ada", kind: "git" },
    reason: null,
    prevHash: previous?.hash ?? firstPrevHash,
  });
}

/** A ledger on one host with a copy on another: both are folders of this machine. */
async function createHosts() {
  const [first, second, local] = await Promise.all([
    createTestFolder("first-"),
    createTestFolder("second-"),
    createTestFolder("local-"),
  ]);
  const openStore = (copy = async () => createLocalHost({ name: "b", folder: second })) => {
    const host = createLocalHost({ name: "a", folder: first });
    const store = createHostDirStore(host, createLocalDirStore(local));
    return createCopiedStore(store, host, [{ name: "b", open: copy }]);
  };
  return { first: join(first, file), second: join(second, file), openStore };
}

type Store = ReturnType<Awaited<ReturnType<typeof createHosts>>["openStore"]>;

/** So many records, then all that is on its way to the copies. */
async function fill(store: Store, count: number): Promise<LedgerRecord | null> {
  let last: LedgerRecord | null = (await store.read()).records.at(-1) ?? null;
  for (let index = 0; index < count; index += 1) {
    last = buildRecord(last);
    await store.append(last);
  }
  await store.swapLease({ epoch: 0, holder: null }, { epoch: 0, holder: null });
  return last;
}

async function unreachable(): Promise<never> {
  throw new SlipwayError("HOST_UNREACHABLE", "b can't be reached.");
}

const text = (path: string) => readFile(path, "utf8");

test("what is appended stands on both hosts when the lock is given back", async () => {
  const { first, second, openStore } = await createHosts();

  await fill(openStore(), 3);

  expect(await text(second)).toBe(await text(first));
  expect((await text(second)).split("\n")).toHaveLength(4);
});

test("a host that is gone stops nothing, and is caught up by the next run that reaches it", async () => {
  const { first, second, openStore } = await createHosts();
  await fill(openStore(), 1);
  await fill(openStore(unreachable), 2);
  expect((await text(second)).split("\n")).toHaveLength(2);

  await openStore().repair();

  expect(await text(second)).toBe(await text(first));
});

test.each([
  ["cut off in the middle", async (path: string) => truncate(path, 100)],
  ["gone", async (path: string) => rm(path)],
])("a copy that is %s becomes whole with the next record", async (_how, damage) => {
  const { first, second, openStore } = await createHosts();
  await fill(openStore(), 2);
  await damage(second);

  await fill(openStore(), 1);

  expect(await text(second)).toBe(await text(first));
});

test("a first host that was made anew changes nothing until it has the ledger back", async () => {
  const { first, second, openStore } = await createHosts();
  await fill(openStore(), 3);
  const before = await text(first);
  await rm(first);

  await expect(openStore().repair()).rejects.toMatchObject({
    code: "LEDGER_BEHIND",
    message: "The ledger on a has 0 records, its copy on b has 3.",
    hint: expect.stringContaining("restore ledger --backup=b"),
  });
  expect(await openStore().copies?.take("b")).toBe(3);

  expect(await openStore().repair()).toBe(0);
  expect([await text(first), await text(second)]).toEqual([before, before]);
});

test("takes nothing from a host that has no more, and from none that there is not", async () => {
  const { openStore } = await createHosts();
  await fill(openStore(), 2);

  expect(await openStore().copies?.take("b")).toBe(0);
  expect(await openStore().copies?.take("c")).toBeNull();
});

test("never overwrites another ledger, neither way", async () => {
  const { first, second, openStore } = await createHosts();
  await fill(openStore(), 2);
  const other = `${JSON.stringify(buildRecord(null, "other"))}\n`;
  await writeFile(second, other);

  await expect(openStore().repair()).rejects.toMatchObject({ code: "LEDGER_BROKEN" });
  await expect(openStore().copies?.take("b")).rejects.toMatchObject({ code: "LEDGER_BROKEN" });

  expect(await text(second)).toBe(other);
  expect((await text(first)).split("\n")).toHaveLength(3);
});

test("says what each copy has", async () => {
  const { first, second, openStore } = await createHosts();
  const list = async (store = openStore()) => (await store.copies?.list())?.[0];
  await fill(openStore(), 2);
  expect(await list()).toMatchObject({ host: "b", state: "same", finding: "2 records, all of it" });

  await appendFile(second, "{}\n");
  expect(await list()).toMatchObject({ state: "ahead", records: 3 });
  await truncate(second, 0);
  expect(await list()).toMatchObject({ state: "behind", records: 0 });
  await writeFile(second, await text(first));
  await writeFile(first, "");
  expect(await list()).toMatchObject({ state: "ahead", records: 2 });

  expect(await list(openStore(unreachable))).toMatchObject({
    state: "unknown",
    finding: "b can't be reached.",
  });
});
