import { array, assert, constantFrom, integer, property, string } from "fast-check";
import { expect, test } from "vitest";

import { pickAddress, planEngineRange } from "./pick-address.ts";

test("leaves the engine the lower half", () => {
  expect(planEngineRange("172.22.0.0/16")).toBe("172.22.0.0/17");
  expect(planEngineRange("192.168.16.0/20")).toBe("192.168.16.0/21");
});

test("gives the same id the same address as long as nobody has it", () => {
  const first = pickAddress("172.22.0.0/16", "core-1", new Set()) ?? "";

  expect(pickAddress("172.22.0.0/16", "core-1", new Set(["172.22.128.1"]))).toBe(first);
  expect(pickAddress("172.22.0.0/16", "core-1", new Set([first]))).not.toBe(first);
});

test("says when there is none left", () => {
  const all = new Set(["10.0.0.4", "10.0.0.5", "10.0.0.6"]);

  expect(pickAddress("10.0.0.0/29", "core-1", new Set([...all].slice(1)))).toBe("10.0.0.4");
  expect(pickAddress("10.0.0.0/29", "core-1", all)).toBeNull();
});

test("many instances have many addresses, all in the upper half", () => {
  const subnet = constantFrom("172.22.0.0/16", "192.168.16.0/20", "10.9.8.0/24");
  assert(
    property(
      subnet,
      array(string(), { minLength: 1, maxLength: 60 }),
      integer(),
      (net, ids, salt) => {
        const taken = new Set<string>();
        for (const id of ids) taken.add(pickAddress(net, `${salt}${id}`, taken) ?? "none");

        expect(taken.size).toBe(ids.length);
        expect([...taken].filter((address) => !isUpper(net, address))).toEqual([]);
      },
    ),
  );
});

function isUpper(net: string, address: string): boolean {
  const [base = "", prefix = ""] = net.split("/");
  const offset = numberOf(address) - numberOf(base);
  const size = 2 ** (32 - Number(prefix));
  return offset >= size / 2 && offset < size - 1;
}

function numberOf(address: string): number {
  return address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
}
