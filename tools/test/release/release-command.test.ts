import { expect, test } from "vitest";

import { describeEnvironment, openCommand } from "./open-command.ts";
import { changeset } from "./release-workspace.ts";

/** Builds images of two services for two platforms, twice, and deploys them. */
const slow = { timeout: 180_000 };

test("releases, has nothing more to do, and deploys what was released", slow, async (context) => {
  const { workspace, github, run } = await openCommand(context, {
    production: describeEnvironment("production"),
  });

  const preview = await run("release", "--dry-run");
  const first = await run("release");
  const again = await run("release", "--json");
  const deployed = await run("deploy", "--env=production");
  const answer = await fetch(`${deployed.stdout}/api/hello/healthcheck`);
  await workspace.merge("Change the world", {
    ".changeset/calm-dog.md": changeset(["@x/world"], "patch", "A new world."),
    "services/world/src/main.ts": "console.log('new');\n",
  });
  const one = await run("release", "--json");

  expect(preview.stdout).toContain("+  hello    none      1.2.4");
  expect(github.faults).toEqual([]);
  expect([first.stderr, first.exitCode]).toEqual([
    expect.stringContaining("Released 2 services"),
    0,
  ]);
  expect(first.stdout).toMatch(/^set-[0-9a-f]{12}$/u);
  expect(JSON.parse(again.stdout.split("\n").at(-1) ?? "")).toMatchObject({
    type: "release",
    outcome: "no change",
    steps: 0,
    set: first.stdout,
  });
  expect([deployed.stderr, deployed.exitCode]).toEqual([expect.stringContaining("Deployed"), 0]);
  expect(await answer.json()).toMatchObject({ data: { version: "1.2.4", text: "hello there" } });
  const released = JSON.parse(one.stdout.split("\n").at(-1) ?? "");
  expect(released.services).toMatchObject([
    { name: "hello", version: "1.2.4", isNew: false },
    { name: "world", version: "0.4.1", isNew: true },
  ]);
  await context.annotate(
    [
      `first release: ${/Released .*? s\./u.exec(first.stderr)?.[0]}`,
      `nothing to release: ${/"durationMs":(\d+)\}$/u.exec(again.stdout)?.[1]} ms`,
      `one service: ${released.sentBytes} bytes in ${released.durationMs} ms`,
    ].join("; "),
  );
});
