import { expect, test } from "vitest";

import { SlipwayError } from "../errors.ts";
import type { Host } from "../hosts/host.ts";
import { waitOut } from "./wait-out.ts";

const silence = new SlipwayError("ENGINE_UNREACHABLE", "The engine does not answer.");

/** Fails so many times. */
function createWork(failures: number, error: Error = silence) {
  let calls = 0;
  return async () => {
    calls += 1;
    if (calls <= failures) throw error;
    return calls;
  };
}

function createHost(isThere: boolean): Host {
  return {
    name: "a",
    folder: "/",
    async run() {
      if (!isThere) throw new SlipwayError("HOST_UNREACHABLE", "a is gone.");
      return { exitCode: 0, stdout: "", stderr: "" };
    },
    reach: async () => ({ socketPath: "" }),
    async close() {},
  };
}

test("waits for an engine that comes back", async () => {
  expect(await waitOut(createHost(true), createWork(2))).toBe(3);
});

test("does not wait where the host is gone, and says so", async () => {
  await expect(waitOut(createHost(false), createWork(2))).rejects.toMatchObject({
    code: "HOST_UNREACHABLE",
  });
});

test("does not wait for an engine that has never answered, nor when it refused", async () => {
  const refusal = new SlipwayError("ENGINE_FAILED", "No such image.");

  await expect(waitOut(createHost(true), createWork(1), () => false)).rejects.toBe(silence);
  await expect(waitOut(createHost(true), createWork(1, refusal))).rejects.toBe(refusal);
});
