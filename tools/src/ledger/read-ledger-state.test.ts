import { appendFile, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { expect, test } from "vitest";

import { buildSet } from "../../test/fakes/build-release.ts";
import { createFakeEnvironment } from "../../test/fakes/fake-environment.ts";
import { createTestFolder } from "../../test/fixtures/test-folder.ts";
import { foldLedger } from "../deploy/fold-ledger.ts";
import { createLocalDirStore } from "./local-dir.ts";
import { readLedgerState } from "./read-ledger-state.ts";

/** A ledger of real deployments on disk, long enough to be kept as a snapshot. */
async function writeHistory() {
  const environment = createFakeEnvironment();
  for (let round = 0; round < 14; round += 1) {
    await environment.deploy(buildSet({ core: { database: true, image: String(round % 3) } }));
  }
  const { records } = await environment.store.read();
  const folder = await createTestFolder("ledger-");
  const store = createLocalDirStore(folder);
  const lines = records.map((record) => `${JSON.stringify(record)}\n`);
  await writeFile(join(folder, "ledger.jsonl"), lines.slice(0, -3).join(""));
  await readLedgerState(store);
  return { folder, records, rest: lines.slice(-3).join(""), file: join(folder, "ledger.jsonl") };
}

test("gives the same state from a snapshot and what came since as from the start", async () => {
  const { folder, records, rest, file } = await writeHistory();
  await appendFile(file, rest);

  const store = createLocalDirStore(folder);
  const { state } = await readLedgerState({ ...store, read: () => Promise.reject(new Error()) });

  expect(records.length).toBeGreaterThan(200);
  expect(state).toEqual(foldLedger(records));
});

test("reads all anew when the snapshot was edited", async () => {
  const { folder, records, rest, file } = await writeHistory();
  await appendFile(file, rest);
  const snapshot = join(folder, "ledger.snapshot");
  const text = await readFile(snapshot, "utf8");
  await writeFile(snapshot, text.replaceAll('"core"', '"evil"'));

  const { state } = await readLedgerState(createLocalDirStore(folder));

  expect(state).toEqual(foldLedger(records));
});

test("reads all anew, and finds the fault, when the ledger was replaced below the snapshot", async () => {
  const { folder, file } = await writeHistory();
  const text = await readFile(file, "utf8");
  await writeFile(file, text.slice(0, text.lastIndexOf('{"event"') - 1));

  await expect(readLedgerState(createLocalDirStore(folder))).resolves.toMatchObject({
    state: { openRun: expect.anything() },
  });
});

test("finds a record after the snapshot that does not fit", async () => {
  const { folder, rest, file } = await writeHistory();
  await appendFile(file, rest.replace("Ada", "Eve"));

  await expect(readLedgerState(createLocalDirStore(folder))).rejects.toMatchObject({
    code: "LEDGER_BROKEN",
  });
});
