import { expect, test } from "vitest";

import { planLockfile } from "./plan-lockfile.ts";

const lock = {
  name: "fixture",
  lockfileVersion: 3,
  packages: {
    "": { name: "fixture" },
    "services/hello": { name: "@x/hello", version: "1.0.0", dependencies: { "@x/kit": "^1.0.0" } },
    "libs/kit": { version: "1.0.0" },
    "node_modules/fast": { version: "1.0.0", integrity: "sha512-x" },
  },
};

test("repeats the versions and ranges of workspaces, and nothing else", () => {
  const manifest = {
    name: "@x/hello",
    version: "2.0.0",
    description: "Is not repeated.",
    dependencies: { "@x/kit": "^2.0.0" },
  };
  const manifests = [
    { folder: "services/hello", manifest },
    { folder: "libs/unknown", manifest },
  ];

  const next = planLockfile(JSON.stringify(lock), manifests) ?? "";

  expect(JSON.parse(next)).toEqual({
    ...lock,
    packages: {
      ...lock.packages,
      "services/hello": {
        name: "@x/hello",
        version: "2.0.0",
        dependencies: { "@x/kit": "^2.0.0" },
      },
    },
  });
  expect(next.endsWith("}\n")).toBe(true);
});

test("leaves alone what is no lockfile of npm", () => {
  expect(planLockfile("{}", [])).toBeNull();
});
