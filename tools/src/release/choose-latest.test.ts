import { assert, array, constantFrom, nat, property, tuple } from "fast-check";
import { gt } from "semver";
import { expect, test } from "vitest";

import { chooseHighest, isForward, isVersion } from "./choose-latest.ts";

test.each([
  { tags: [], highest: null },
  { tags: ["1.9.0", "1.10.0", "1.2.0"], highest: "1.10.0" },
  { tags: ["1.0.0", "2.0.0-next.1"], highest: "1.0.0" },
  { tags: ["2.0.0-next.1"], highest: null },
  { tags: ["latest", "v3.0.0", "pr-7", "1.0", "sha256-abc", "1.0.0+build"], highest: null },
  { tags: ["$(id)", "1.0.0; rm -rf /", "0.1.0"], highest: "0.1.0" },
])("of the tags $tags the highest version is $highest", ({ tags, highest }) => {
  expect(chooseHighest(tags)).toBe(highest);
});

test.each([
  { from: null, to: "1.0.0", isAllowed: true },
  { from: "1.0.0", to: "1.0.1", isAllowed: true },
  { from: "1.0.1", to: "1.0.1", isAllowed: true },
  { from: "1.3.0", to: "1.2.4", isAllowed: false },
  { from: "no version", to: "1.0.0", isAllowed: true },
])("latest may go from $from to $to: $isAllowed", ({ from, to, isAllowed }) => {
  expect(isForward(from, to)).toBe(isAllowed);
});

const version = tuple(nat(20), nat(20), nat(20), constantFrom("", "-next.1")).map(
  ([major, minor, patch, pre]) => `${major}.${minor}.${patch}${pre}`,
);

test("nothing that is released is higher than what is chosen", () => {
  assert(
    property(array(version), (versions) => {
      const highest = chooseHighest(versions);
      const released = versions.filter((each) => !each.includes("-"));
      expect(highest === null).toBe(released.length === 0);
      expect(released.filter((each) => gt(each, highest ?? "0.0.0"))).toEqual([]);
      expect(versions.every(isVersion)).toBe(true);
    }),
  );
});
