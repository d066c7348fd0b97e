import { expect, test } from "vitest";

import { createFakeRelease } from "../../test/fakes/fake-release-ports.ts";
import { createReleaseWorld, mergeChange } from "../../test/fakes/fake-release-world.ts";
import { planRelease } from "../release/plan-release.ts";
import { readReleaseFacts } from "../release/read-release-facts.ts";
import type { ReleaseEvent, ReleaseWish } from "../release/release-ports.ts";
import { runRelease } from "../release/run-release.ts";
import { formatReleaseEvent } from "./format-release-event.ts";
import { formatReleasePlan } from "./format-release-plan.ts";
import { describeRelease, formatRelease } from "./format-release.ts";
import { createJsonReporter } from "./json.ts";
import { createPaint } from "./paint.ts";
import { formatEvent } from "./plain.ts";
import { createTerminalReporter } from "./terminal.ts";

const wish: ReleaseWish = {
  branch: "master",
  maintenancePrefix: null,
  how: "push",
  mayChange: true,
};
const paint = createPaint(false);

async function releaseChange() {
  const world = createReleaseWorld({ core: "1.0.0", events: "0.3.0" });
  await runRelease(wish, createFakeRelease(world).ports);
  mergeChange(world, { core: "minor" });
  const { ports, events } = createFakeRelease(world);
  return { world, events, result: await runRelease(wish, ports) };
}

test("a release is told plan first, then one line a step", async () => {
  const { events } = await releaseChange();

  const lines = events.map((event) => formatEvent(event, paint)).filter((line) => line !== null);

  expect(lines.join("\n").replaceAll(/(?:sha256:|set-)[0-9a-f]+/gu, "<digest>")).toBe(
    `Release of master at c1 (1 of 2 services)

     service  released  next
  +  core     1.0.0     1.1.0

  versions on the branch: @x/core 1.0.0 → 1.1.0

  1 image · 1 version tag · 1 release set · 1 git tag · 1 GitHub release · 1 move of latest

  ✔ branch       1 version written c1v
  ✔ all          images built
  ✔ core         image sent <digest>, 100 B sent
  ✔ git server   versions claimed
  ✔ core         is 1.1.0
  ✔ registry     release set <digest>
  ✔ git server   1 git tag
  ✔ GitHub       core@1.1.0
  ✔ core         latest 1.0.0 → 1.1.0`,
  );
});

test("what an earlier run left open is named in the plan", async () => {
  const { world } = await releaseChange();
  world.gitTags.delete("events@0.3.0");
  world.releases = world.releases.filter((name) => name !== "events@0.3.0");
  world.imageTags.delete("events:latest");

  const facts = await readReleaseFacts(wish, createFakeRelease(world).ports);

  expect(formatReleasePlan(planRelease(facts), paint)).toContain(
    "  ~  events   0.3.0     0.3.0  missing: git tag, GitHub release, latest",
  );
});

test("the end names what was released, and what to do next", async () => {
  const { result, world } = await releaseChange();
  const again = await runRelease(wish, createFakeRelease(world).ports);

  expect(formatRelease(result, 12_000)).toBe(
    "\nReleased 1 service in 12 s. Deploy with: npx nx run tools:deploy --env=staging",
  );
  expect(formatRelease(again, 800)).toBe(
    "Nothing to release: all 2 services of master are where they should be (0.8 s).",
  );
  expect(formatRelease({ ...result, versionRequest: "https://pull/1" }, 1)).toContain(
    "Merge to release more: https://pull/1",
  );
  expect(describeRelease(result, 12_000)).toMatchObject({
    type: "release",
    version: 1,
    outcome: "released",
    sentBytes: 100,
    services: [
      { name: "core", version: "1.1.0", isNew: true },
      { name: "events", version: "0.3.0", isNew: false },
    ],
  });
  expect(describeRelease(again, 800)).toMatchObject({ outcome: "no change", steps: 0 });
});

test("text from outside moves no cursor and hides nothing", () => {
  const event: ReleaseEvent = {
    type: "release-step-failed",
    step: { kind: "create-release", name: "core@1.0.0" },
    durationMs: 1,
    message: "No \u001b[2Jfor https://user:secret@host/",
  };

  expect(formatReleaseEvent(event, paint)).toBe("  ✖ GitHub       No for https://***@host/");
});

test("a terminal shows the step that runs until it is done", async () => {
  let shown = "";
  const stderr = { write: (text: string) => (shown += text) };
  const reporter = createTerminalReporter({ stdout: stderr, stderr, quiet: false, paint });
  const { events } = await releaseChange();

  events.forEach((event) => reporter.event(event));

  expect(shown).toContain("  … core         sending its image (2/8)\r\u001b[2K  ✔ core");
});

test("for machines each event is one line of JSON with its version", async () => {
  const lines: string[] = [];
  const reporter = createJsonReporter({ stdout: { write: (text: string) => lines.push(text) } });
  const { events } = await releaseChange();

  events.forEach((event) => reporter.event(event));

  const types = lines.map((line) => JSON.parse(line)).map(({ type, version }) => [type, version]);
  expect(types.slice(0, 3)).toEqual([
    ["release-plan", 1],
    ["release-step-started", 1],
    ["release-step-done", 1],
  ]);
});
