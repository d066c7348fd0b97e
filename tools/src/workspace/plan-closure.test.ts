import { expect, test } from "vitest";

import type { PackageLock } from "./package-lock.ts";
import { fitsPlatform, planClosure, seeSamePackages, type Platform } from "./plan-closure.ts";

const platform: Platform = { os: "linux", cpu: "x64", libc: "glibc" };

const lock: PackageLock = {
  packages: {
    "services/a": {
      dependencies: { web: "1", "@x/lib": "*" },
      devDependencies: { tester: "1" },
    },
    "node_modules/@x/lib": { resolved: "libs/lib", link: true },
    "libs/lib": { dependencies: { deep: "1" } },
    "node_modules/web": {
      version: "1.0.0",
      dependencies: { deep: "2" },
      optionalDependencies: { "web-linux": "1", "web-mac": "1", missing: "1" },
      peerDependencies: { peer: "1", choice: "1" },
      peerDependenciesMeta: { choice: { optional: true } },
    },
    "node_modules/web/node_modules/deep": { version: "2.0.0" },
    "node_modules/deep": { version: "1.0.0", dependencies: { web: "1" } },
    "node_modules/web-linux": { version: "1.0.0", os: ["linux"], cpu: ["x64"], libc: ["glibc"] },
    "node_modules/web-mac": { version: "1.0.0", os: ["darwin"] },
    "node_modules/peer": { version: "1.0.0" },
    "node_modules/choice": { version: "1.0.0" },
    "node_modules/tester": { version: "1.0.0" },
  },
};

test("finds what a service needs at run time as node would find it", () => {
  const closure = planClosure({ lock, from: ["services/a"], platform });

  expect(closure.map(({ folder }) => folder)).toEqual([
    "libs/lib",
    "node_modules/deep",
    "node_modules/peer",
    "node_modules/web",
    "node_modules/web-linux",
    "node_modules/web/node_modules/deep",
  ]);
});

test("adds what building needs when asked", () => {
  const closure = planClosure({ lock, from: ["services/a"], platform, withDev: true });

  expect(closure.map(({ name }) => name)).toContain("tester");
});

test.each([
  [{ os: ["linux"] }, true],
  [{ os: ["darwin"] }, false],
  [{ os: ["!linux"] }, false],
  [{ os: ["!win32"] }, true],
  [{ cpu: ["arm64"] }, false],
  [{ libc: ["musl"] }, false],
  [{}, true],
])("a package for %j fits linux on x64: %s", (locked, expected) => {
  expect(fitsPlatform(locked, platform)).toBe(expected);
});

test("projects see the same packages as long as none has its own of a name that both use", () => {
  const { packages } = lock;
  const own = { packages: { ...packages, "services/a/node_modules/web": { version: "2.0.0" } } };
  const other = { packages: { ...packages, "libs/lib/node_modules/deep": { version: "2.0.0" } } };

  expect(seeSamePackages(lock, ["services/a", "libs/lib"])).toBe(true);
  expect(seeSamePackages(own, ["services/a", "libs/lib"])).toBe(true);
  expect(seeSamePackages(other, ["services/a", "libs/lib"])).toBe(false);
});
