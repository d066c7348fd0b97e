import { expect, test } from "vitest";

import { ensureService, shiftService } from "./change-facts.ts";
import { createFacts } from "./gateway-facts.ts";
import type { ObservedServer } from "./parse-observed.ts";
import { planServerCommands } from "./plan-commands.ts";

const known = ensureService(createFacts("pass"), "core", []);
const first = shiftService(known, "core", { instance: "core-1", address: "10.0.0.1:80" });
const second = shiftService(first, "core", { instance: "core-2", address: "10.0.0.2:80" });
const nobody: ObservedServer = { host: "127.0.0.1", port: 1, state: "maint" };
const one: ObservedServer = { host: "10.0.0.1", port: 80, state: "ready" };

test("the new instance gets traffic before the old one loses it", () => {
  expect(planServerCommands(second, observe(one, nobody))).toEqual([
    "set server pool00/b addr 10.0.0.2 port 80",
    "set server pool00/b state ready",
    "set server pool00/a state drain",
  ]);
});

test("says nothing when all is as it should be", () => {
  const two: ObservedServer = { host: "10.0.0.2", port: 80, state: "ready" };

  expect(planServerCommands(second, observe({ ...one, state: "drain" }, two))).toEqual([]);
});

test("forgets a server that nobody uses any more", () => {
  expect(planServerCommands(known, observe(one, nobody))).toEqual([
    "set server pool00/a state drain",
    "set server pool00/a addr 127.0.0.1 port 1",
    "set server pool00/a state maint",
  ]);
});

test("never changes the address of a server that takes requests", () => {
  expect(planServerCommands(first, observe({ ...one, port: 81 }, nobody))).toEqual([
    "set server pool00/a state drain",
    "set server pool00/a addr 10.0.0.1 port 80",
    "set server pool00/a state ready",
  ]);
});

test("leaves out pools that the worker does not have", () => {
  expect(planServerCommands(second, new Map())).toEqual([]);
});

function observe(a: ObservedServer, b: ObservedServer): Map<string, ObservedServer> {
  return new Map([
    ["pool00/a", a],
    ["pool00/b", b],
  ]);
}
