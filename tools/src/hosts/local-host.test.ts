import { expect, onTestFinished, test } from "vitest";

import { createLocalHost } from "./local-host.ts";

test.each([
  ["a short input", 10],
  ["an input that no shell should be told", 1_000_000],
])("hands %s to a program as it is", async (_what, bytes) => {
  const host = createLocalHost({ name: "here", folder: "/tmp" });
  onTestFinished(async () => host.close());

  const { exitCode, stdout } = await host.run({ argv: ["wc", "-c"], input: "x".repeat(bytes) });

  expect([exitCode, stdout.trim()]).toEqual([0, String(bytes)]);
});

test("runs on after it was closed", async () => {
  const host = createLocalHost({ name: "here", folder: "/tmp" });
  onTestFinished(async () => host.close());
  await host.run({ argv: ["true"] });
  await host.close();

  expect(await host.run({ argv: ["sh", "-c", "exit 3"] })).toMatchObject({ exitCode: 3 });
});
