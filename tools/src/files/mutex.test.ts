import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

import { expect, test } from "vitest";

import { createTestFolder } from "../../test/fixtures/test-folder.ts";
import { createMutex } from "./mutex.ts";

/** Another process that enters and never leaves by itself. */
async function startHolder(file: string) {
  const script = `import { createMutex } from ${JSON.stringify(join(import.meta.dirname, "mutex.ts"))};
await createMutex(${JSON.stringify(file)})(async () => {
  console.log("in");
  setInterval(() => {}, 1000);
  await new Promise(() => {});
});`;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(child.stdout, "data");
  return { child, ended: once(child, "exit") };
}

test("lets one in at a time", async () => {
  const mutex = createMutex(join(await createTestFolder("mutex-"), "lock"));
  const events: string[] = [];
  const enter = async (name: string) =>
    mutex(async () => {
      events.push(`${name} in`);
      await new Promise((resolve) => setImmediate(resolve));
      events.push(`${name} out`);
    });

  await Promise.all([enter("a"), enter("b")]);

  expect([events.slice(0, 2), events.slice(2)]).toEqual(
    expect.arrayContaining([
      ["a in", "a out"],
      ["b in", "b out"],
    ]),
  );
});

test("gives back what the action gives, and is free again when it throws", async () => {
  const mutex = createMutex(join(await createTestFolder("mutex-"), "lock"));

  await expect(mutex(() => Promise.reject(new Error("no")))).rejects.toThrow("no");
  expect(await mutex(async () => 42)).toBe(42);
});

test("ends a holder that was suspended, and goes on", { timeout: 30_000 }, async () => {
  const file = join(await createTestFolder("mutex-"), "lock");
  const { child, ended } = await startHolder(file);
  child.kill("SIGSTOP");

  const result = await createMutex(file)(async () => "mine");

  expect(result).toBe("mine");
  expect(await ended).toEqual([null, "SIGKILL"]);
});

test(
  "waits for a holder that is only slow, and names it in the end",
  { timeout: 40_000 },
  async () => {
    const file = join(await createTestFolder("mutex-"), "lock");
    const { child, ended } = await startHolder(file);

    await expect(createMutex(file)(async () => "mine")).rejects.toMatchObject({
      code: "LEDGER_CONFLICT",
      message: expect.stringContaining(`Process ${child.pid} has held`),
    });

    child.kill("SIGKILL");
    await ended;
  },
);
