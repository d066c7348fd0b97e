import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { expect, test } from "vitest";

import { SlipwayError } from "../errors.ts";
import { formatFailure } from "../output/format-failure.ts";
import { parseEnvironment } from "./parse-environment.ts";

const valid = `name: local
driver: process
source: working-tree
testData: true
gateway: { port: 8080, fallback: next free }
policy: { confirm: none, readinessSeconds: 20, soakSeconds: 0, keepWarmMinutes: 0 }
`;

function explain(text: string): string {
  try {
    parseEnvironment(text, { file: "tools/environments/local.yaml", name: "local" });
    return "no fault";
  } catch (error) {
    return error instanceof SlipwayError ? formatFailure(error, { colour: false }) : String(error);
  }
}

test("reads the environment that comes with the workspace", async () => {
  const file = join(import.meta.dirname, "../../environments/local.yaml");

  const environment = parseEnvironment(await readFile(file, "utf8"), { file, name: "local" });

  expect(environment).toMatchObject({ name: "local", driver: "process", source: "working-tree" });
});

test("lists every fault at once, each with its line", () => {
  const faulty = valid
    .replace("8080", "http")
    .replace("driver: process", "driver: magic")
    .replace("testData: true", "testDate: true")
    .replace("confirm: none", "confirm: maybe");

  expect(explain(faulty)).toMatchInlineSnapshot(`
    "
        driver: expected "process" or "compose", got "magic" (line 2).
        gateway.port: expected a whole number from 1 to 65535, got "http" (line 5).
        policy.confirm: expected "none" or "yes" or "type name", got "maybe" (line 6).
        testData: expected true or false, got nothing (line 1).
        testDate: expected no such field, got true (line 4).

    tools/environments/local.yaml has 5 faults.
    Nothing was touched. Every field: docs/reference/environments.md
    [CONFIG_INVALID]
    "
  `);
});

test("points at the line of broken YAML", () => {
  expect(explain(`${valid}services: [`)).toMatchInlineSnapshot(`
    "
        line 7: Flow sequence in block collection must be sufficiently indented and end with a ]

    tools/environments/local.yaml has 1 fault.
    Nothing was touched. Every field: docs/reference/environments.md
    [CONFIG_INVALID]
    "
  `);
});

test("wants the name to be the file's", () => {
  expect(explain(valid.replace("name: local", "name: production"))).toMatchInlineSnapshot(`
    "
        name: expected "local" as in the file's name, got "production".

    tools/environments/local.yaml has 1 fault.
    Nothing was touched. Every field: docs/reference/environments.md
    [CONFIG_INVALID]
    "
  `);
});

test("wants plain settings to be text under names of variables", () => {
  expect(explain(`${valid}services: { core: { env: { LOG_LEVEL: 3 } } }\n`)).toMatchInlineSnapshot(`
    "
        services.core.env.LOG_LEVEL: expected text, got 3 (line 7).

    tools/environments/local.yaml has 1 fault.
    Nothing was touched. Every field: docs/reference/environments.md
    [CONFIG_INVALID]
    "
  `);
});
