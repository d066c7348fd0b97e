import { execFileSync } from "node:child_process";

import { array, assert, property, string } from "fast-check";
import { expect, test } from "vitest";

import { quoteArgv } from "./quote-argv.ts";

const argument = string({ unit: "grapheme" }).filter((text) => !text.includes("\0"));

test("a shell takes the line apart into the same arguments, whatever they hold", () => {
  assert(
    property(array(argument, { minLength: 1, maxLength: 5 }), (argv) => {
      const line = quoteArgv(["printf", "%s\\0", ...argv]);
      const printed = execFileSync("/bin/sh", ["-c", line], { encoding: "utf8" });
      expect(printed.split("\0").slice(0, -1)).toEqual(argv);
    }),
    { numRuns: 60, examples: [[["$(id)", "`id`", "a'b", "; rm -rf x", "\n", ""]]] },
  );
});
