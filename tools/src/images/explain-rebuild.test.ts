import { expect, test } from "vitest";

import { explainRebuild } from "./explain-rebuild.ts";
import type { ImageInputs } from "./image-record.ts";

const before: ImageInputs = {
  files: { "src/a.ts": input("1"), "src/b.ts": input("2") },
  packages: { "node_modules/kysely": "0.29.8 sha512-a" },
  settings: { base: "embedded", version: "0.1.0" },
};

test("says nothing when only times differ", () => {
  const touched = {
    ...before,
    files: { ...before.files, "src/a.ts": { ...input("1"), times: "9" } },
  };

  expect(explainRebuild(before, touched)).toBeNull();
});

test("names files that changed, came or went", () => {
  const now = { ...before, files: { "src/a.ts": input("9"), "src/c.ts": input("3") } };

  expect(explainRebuild(before, now)).toBe("src/a.ts changed, src/b.ts removed, src/c.ts added");
});

test("names packages and short settings", () => {
  const now = {
    files: before.files,
    packages: { "node_modules/kysely": "0.29.9 sha512-b" },
    settings: { base: "embedded", version: "0.2.0" },
  };

  expect(explainRebuild(before, now)).toBe(
    "node_modules/kysely another version, version 0.1.0 → 0.2.0",
  );
});

test("counts what does not fit in a line", () => {
  const files = Object.fromEntries(["1", "2", "3", "4", "5"].map((name) => [name, input(name)]));

  expect(explainRebuild({ ...before, files: {} }, { ...before, files })).toBe(
    "1 added, 2 added, 3 added and 2 more",
  );
});

test("says when there is nothing to compare with", () => {
  expect(explainRebuild(null, before)).toBe("no earlier build");
});

function input(hash: string) {
  return { sizeBytes: 1, times: "1", hash };
}
