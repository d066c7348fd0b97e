import { expect, test } from "vitest";

import { SlipwayError } from "../errors.ts";
import { createCrew } from "./crew.ts";
import type { Host } from "./host.ts";
import { createLocalHost } from "./local-host.ts";

const gone = new SlipwayError("HOST_UNREACHABLE", "It is gone.");
const broken = new SlipwayError("ENGINE_FAILED", "No such image.");

function createMember(name: string, isThere: boolean): { host: Host } {
  const host = createLocalHost({ name, folder: "/" });
  return isThere ? { host } : { host: { ...host, run: () => Promise.reject(gone) } };
}

const [a, b, c] = [createMember("a", true), createMember("b", false), createMember("c", true)];

/** Fails on these hosts. */
function failOn(...failing: readonly string[]) {
  return async ({ host }: { host: Host }) => {
    if (failing.includes(host.name)) throw broken;
    return host.name;
  };
}

test("works on all hosts and gives what each says", async () => {
  const crew = createCrew([a, b, c]);

  expect(await crew.each(failOn())).toEqual(["a", "b", "c"]);
});

test("tells once that a host went away, and leaves it out from then on", async () => {
  const crew = createCrew([a, b, c]);

  await expect(crew.each(failOn("b"))).rejects.toMatchObject({ code: "HOST_LOST" });

  expect(await crew.each(failOn("b"))).toEqual(["a", "c"]);
  expect(crew.lost()).toEqual(["b"]);
});

test("says what failed on a host that is there, also when another went away", async () => {
  const crew = createCrew([a, b, c]);

  await expect(crew.each(failOn("b", "c"))).rejects.toBe(broken);

  expect(crew.lost()).toEqual(["b"]);
});

test("never goes on without the first", async () => {
  const crew = createCrew([b, a]);

  await expect(crew.each(failOn("b"))).rejects.toBe(broken);

  expect(crew.present()).toEqual([b, a]);
});

test("leaves out from the beginning whom it was told", async () => {
  const crew = createCrew([a, b, c], ["b"]);

  expect(await crew.each(failOn("b"))).toEqual(["a", "c"]);
});
