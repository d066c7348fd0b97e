import { expect, test } from "vitest";

import { chooseCompose } from "./choose-compose.ts";
import type { Environment } from "./environment-schema.ts";

const base: Environment = {
  name: "staging",
  driver: "compose",
  source: "registry",
  testData: true,
  images: { postgres: "postgres:18", haproxy: "haproxy:3.2" },
  hosts: [{ name: "a" }],
  gateway: { port: 80, fallback: "fail" },
  policy: { confirm: "none", readinessSeconds: 60, soakSeconds: 0, keepWarmMinutes: 0 },
};
const together = [
  { name: "a", address: "10.0.0.1" },
  { name: "b", address: "10.0.0.2" },
];

test("one host needs no address, several need one each", () => {
  expect(chooseCompose(base)).toMatchObject({ hosts: [{ name: "a" }], databasePort: 5432 });
  expect(chooseCompose({ ...base, hosts: together, databasePort: 6000 })).toMatchObject({
    hosts: together,
    databasePort: 6000,
  });
});

test.each([
  ["hosts", { hosts: [] }],
  ["address of the host b", { hosts: [{ name: "a", address: "10.0.0.1" }, { name: "b" }] }],
  [
    "names that tell its hosts apart",
    { hosts: [together[0], together[0]].flatMap((one) => one ?? []) },
  ],
])("names what is missing: %s", (missing, changes) => {
  expect(() => chooseCompose({ ...base, ...changes })).toThrow(
    `staging has the driver compose, but no ${missing}.`,
  );
});
