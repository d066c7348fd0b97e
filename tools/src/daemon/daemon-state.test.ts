import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, expect, test } from "vitest";

import { createStateWriter, type DaemonState, readDaemonState } from "./daemon-state.ts";

const state: DaemonState = {
  version: 1,
  publicPort: 8080,
  internalPort: 20_001,
  smtpPort: 20_002,
  postgresPort: 20_003,
  announced: null,
  slots: [],
  instances: [],
  processes: [],
};

let folder: string;
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "slipway-state-"));
  file = join(folder, "daemon.json");
});

afterEach(async () => await rm(folder, { recursive: true, force: true }));

test("reads what was written", async () => {
  await createStateWriter(file, () => state)();

  expect(await readDaemonState(file)).toEqual({ state, brokenFile: null });
});

test("knows the first start from a broken file", async () => {
  expect(await readDaemonState(file)).toEqual({ state: null, brokenFile: null });
});

test.for(["", "{", '{"version":2}', '{"version":1,"slots":"none"}'])(
  "puts the broken file %j aside",
  async (content) => {
    await writeFile(file, content);

    expect(await readDaemonState(file)).toEqual({ state: null, brokenFile: `${file}.broken` });
    expect(await readFile(`${file}.broken`, "utf8")).toBe(content);
  },
);

test("writes the latest facts once for many calls at once", async () => {
  let publicPort = 0;
  let reads = 0;
  const save = createStateWriter(file, () => {
    reads += 1;
    return { ...state, publicPort };
  });

  const saved = Promise.all(
    Array.from({ length: 20 }, (_, number) => {
      publicPort = number;
      return save();
    }),
  );
  await saved;

  expect(reads).toBe(1);
  expect((await readDaemonState(file)).state?.publicPort).toBe(19);
});
