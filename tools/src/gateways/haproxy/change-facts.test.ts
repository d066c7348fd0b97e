import { expect, test } from "vitest";

import { ensureService, removeService, retireInstance, shiftService } from "./change-facts.ts";
import { createFacts, type GatewayFacts } from "./gateway-facts.ts";

const known = ensureService(createFacts("pass"), "core", [{ path: "/api/core" }]);

test("an instance takes the free slot, and the one before it drains in its own", () => {
  const facts = shift(shift(known, "core-1"), "core-2");

  expect(facts.pools[0]?.slots).toEqual({
    a: { instance: "core-1", address: "10.0.0.1:80", isActive: false },
    b: { instance: "core-2", address: "10.0.0.1:80", isActive: true },
  });
});

test("going back to an instance that drains uses the slot it has", () => {
  const facts = shift(shift(shift(known, "core-1"), "core-2"), "core-1");

  expect(activeOf(facts)).toEqual({ a: true, b: false });
});

test("a third instance takes the slot of the one that drains", () => {
  const facts = shift(shift(shift(known, "core-1"), "core-2"), "core-3");

  expect(facts.pools[0]?.slots.a?.instance).toBe("core-3");
  expect(activeOf(facts)).toEqual({ a: true, b: false });
});

test("a retired instance frees its slot, one that takes traffic does not", () => {
  const facts = shift(shift(known, "core-1"), "core-2");

  expect(retireInstance(facts, "core", "core-1").pools[0]?.slots.a).toBeNull();
  expect(retireInstance(facts, "core", "unheard-of")).toEqual(facts);
  expect(() => retireInstance(facts, "core", "core-2")).toThrow(
    "The instance core-2 takes the traffic of core, so it can't be retired.",
  );
});

test("makes more pools when none is spare, and gives a freed one to the next", () => {
  const names = ["b", "c", "d", "e", "f", "g", "h"];
  const full = names.reduce((facts, name) => ensureService(facts, name, []), known);
  const more = ensureService(full, "i", []);

  expect([full.pools.length, more.pools.length]).toEqual([8, 16]);
  expect(ensureService(removeService(more, "c"), "j", []).pools[2]?.service).toBe("j");
});

test("other routes leave the instances where they are", () => {
  const facts = ensureService(shift(known, "core-1"), "core", [{ path: "/other" }]);

  expect(facts.pools[0]).toMatchObject({
    routes: [{ path: "/other" }],
    slots: { a: { instance: "core-1" } },
  });
});

test.for(["core:80", "10.0.0.1", "10.0.0.1:0", "10.0.0.1:80\n  server evil", "[::1:80"])(
  "refuses the address %s",
  (address) => {
    expect(() => shiftService(known, "core", { instance: "core-1", address })).toThrow(
      "no IP address with a port",
    );
  },
);

test("takes an address of version 6", () => {
  const facts = shiftService(known, "core", { instance: "core-1", address: "[fd00::7]:8084" });

  expect(facts.pools[0]?.slots.a?.address).toBe("[fd00::7]:8084");
});

function shift(facts: GatewayFacts, instance: string): GatewayFacts {
  return shiftService(facts, "core", { instance, address: "10.0.0.1:80" });
}

function activeOf({ pools }: GatewayFacts) {
  const { a, b } = pools[0]?.slots ?? {};
  return { a: a?.isActive, b: b?.isActive };
}
