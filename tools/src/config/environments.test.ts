import { readdir } from "node:fs/promises";
import { join } from "node:path";

import { expect, test } from "vitest";

import { readEnvironment } from "./read-environment.ts";

const workspace = join(import.meta.dirname, "../../..");

test("every environment of the workspace fits the schema, and its gate is one of them", async () => {
  const files = await readdir(join(workspace, "tools/environments"));
  const names = files.map((file) => file.replace(/\.yaml$/, ""));

  const environments = await Promise.all(names.map((name) => readEnvironment(workspace, name)));

  expect(names).toEqual(expect.arrayContaining(["local", "staging", "production"]));
  expect(environments.flatMap(({ gate }) => gate?.verifiedIn ?? [])).toEqual(["staging"]);
});

test("production takes no test data, asks for its name, and comes back by itself", async () => {
  expect(await readEnvironment(workspace, "production")).toMatchObject({
    testData: false,
    source: "registry",
    policy: { confirm: "type name", onFailure: "return" },
    gate: { verifiedIn: "staging" },
  });
});
