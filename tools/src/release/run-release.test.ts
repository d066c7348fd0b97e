import { expect, test } from "vitest";

import { createFakeRelease } from "../../test/fakes/fake-release-ports.ts";
import {
  createReleaseWorld,
  type FakeReleaseWorld,
  mergeChange,
} from "../../test/fakes/fake-release-world.ts";
import { SlipwayError } from "../errors.ts";
import { planRelease } from "./plan-release.ts";
import { readReleaseFacts } from "./read-release-facts.ts";
import type { ReleasePorts, ReleaseWish } from "./release-ports.ts";
import { runRelease } from "./run-release.ts";

const wish: ReleaseWish = {
  branch: "master",
  maintenancePrefix: null,
  how: "push",
  mayChange: true,
};

function createWorld(): FakeReleaseWorld {
  return createReleaseWorld({ core: "1.0.0", events: "0.3.0" });
}

test("makes everything visible only when all images are there, and latest last", async () => {
  const world = createWorld();
  mergeChange(world, { core: "minor", events: "patch" });

  await runRelease(wish, createFakeRelease(world).ports);

  expect(world.writes).toEqual([
    "push c1v",
    "publish layers of core",
    "publish core 1.1.0",
    "publish layers of events",
    "publish events 0.3.1",
    "claim core@1.1.0",
    "claim events@0.3.1",
    "put core:1.1.0",
    "put events:0.3.1",
    expect.stringMatching(/^put set-/u),
    "tag core@1.1.0",
    "tag events@0.3.1",
    "create release core@1.1.0",
    "create release events@0.3.1",
    "put core:latest",
    "put events:latest",
  ]);
  expect(world.violations).toEqual([]);
});

test("a second release reads and writes nothing", async () => {
  const world = createWorld();
  await runRelease(wish, createFakeRelease(world).ports);
  const before = world.writes.length;
  const calls: string[] = [];

  const again = await runRelease(
    wish,
    createFakeRelease(world, async (call) => void calls.push(call)).ports,
  );

  expect(again.steps).toEqual([]);
  expect(world.writes).toHaveLength(before);
  expect(calls.filter((call) => call.startsWith("look at"))).toEqual([
    "look at core:latest",
    "look at events:latest",
  ]);
  expect(calls.filter((call) => /^(?:ask|build|catch up)/u.test(call))).toEqual([]);
});

test("a dry run reads everything and writes nothing", async () => {
  const world = createWorld();
  mergeChange(world, { core: "major" });

  const facts = await readReleaseFacts(
    { ...wish, mayChange: false },
    createFakeRelease(world).ports,
  );

  expect(planRelease(facts).steps).toHaveLength(13);
  expect(world.writes).toEqual([]);
});

test("without a right to write nothing is begun", async () => {
  const world = createWorld();
  const { ports } = createFakeRelease(world, async (call) => {
    if (call === "ask registry") throw new SlipwayError("REGISTRY_DENIED", "No.");
  });

  await expect(runRelease(wish, ports)).rejects.toMatchObject({ code: "REGISTRY_DENIED" });
  expect(world.writes).toEqual([]);
});

test("a plan that nobody confirms is not begun", async () => {
  const world = createWorld();
  const { ports } = createFakeRelease(world);

  await expect(runRelease(wish, { ...ports, confirm: refuse })).rejects.toMatchObject({
    code: "NOT_CONFIRMED",
  });
  expect(world.writes).toEqual([]);
});

test("when one image can't be sent, no version of the others is seen", async () => {
  const world = createWorld();
  const { ports, events } = createFakeRelease(world, async (call) => {
    if (call === "publish events 0.3.0") throw new SlipwayError("REGISTRY_UNREACHABLE", "Broken.");
  });

  await expect(runRelease(wish, ports)).rejects.toMatchObject({ code: "REGISTRY_UNREACHABLE" });

  expect([...world.imageTags, ...world.claims, ...world.gitTags, ...world.sets]).toEqual([]);
  expect(events.at(-1)).toMatchObject({ type: "release-step-failed", message: "Broken." });
});

test("Ctrl-C ends between two steps, and the next run goes on", async () => {
  const world = createWorld();
  const interrupt = new AbortController();
  const { ports } = createFakeRelease(world, async (call) => {
    if (call === "put core:1.0.0") interrupt.abort();
  });

  await expect(runRelease(wish, { ...ports, signal: interrupt.signal })).rejects.toMatchObject({
    code: "INTERRUPTED",
  });
  const next = await runRelease(wish, createFakeRelease(world).ports);

  expect(next.steps[0]).toEqual({ kind: "tag-image", service: "events", version: "0.3.0" });
  expect(world.writes.filter((write) => write === "put core:1.0.0")).toHaveLength(1);
});

test("gives up when the branch moves again and again", async () => {
  const world = createWorld();
  mergeChange(world, { core: "patch" });
  const { ports } = createFakeRelease(world);
  const remote: ReleasePorts["remote"] = {
    ...ports.remote,
    pushBranch: async () => {
      mergeChange(world, { events: "patch" });
      return "moved";
    },
  };

  await expect(runRelease(wish, { ...ports, remote })).rejects.toMatchObject({
    code: "BRANCH_MOVED",
    message: "master moved 5 times while its versions were being written.",
  });
  expect(world.writes).toEqual([]);
});

test("a tag that somebody puts there between two looks is never overwritten", async () => {
  const world = createWorld();
  const { ports } = createFakeRelease(world, async (call) => {
    if (call === "claim core@1.0.0") world.imageTags.set("core:1.0.0", "sha256:theirs");
  });

  await expect(runRelease(wish, ports)).rejects.toMatchObject({
    code: "VERSION_TAKEN",
    message: expect.stringContaining("core@1.0.0 is sha256:theirs in the registry"),
  });
  expect(world.imageTags.get("core:1.0.0")).toBe("sha256:theirs");
});

test("a claim whose image the registry has thrown away says how to give the version free", async () => {
  const world = createWorld();
  await runRelease(wish, createFakeRelease(world).ports);
  const { ports } = createFakeRelease(world);
  world.imageTags.clear();
  world.images.clear();
  world.sets = [];
  mergeChange(world, {});
  const fresh = createFakeRelease(world).ports;

  await expect(runRelease(wish, { ...fresh, store: ports.store })).rejects.toMatchObject({
    code: "CLAIM_LOST",
    hint: expect.stringContaining("git push origin :refs/slipway/released/core@1.0.0"),
  });
});

test("versions stay unwritten when their images could not be built", async () => {
  const world = createWorld();
  mergeChange(world, { core: "minor" });
  const { ports } = createFakeRelease(world);
  const images = { ...ports.images, checkInputs: refuse };

  await expect(runRelease(wish, { ...ports, images })).rejects.toMatchObject({
    code: "NOT_CONFIRMED",
  });

  expect(world.writes).toEqual([]);
});

test("a claim that somebody deleted is written again from the newest set", async () => {
  const world = createWorld();
  await runRelease(wish, createFakeRelease(world).ports);
  world.claims.clear();
  world.gitTags.delete("core@1.0.0");

  await runRelease(wish, createFakeRelease(world).ports);

  expect(world.gitTags.get("core@1.0.0")).toContain("c0");
});

test("a pull request is all that a protected branch gets before it is merged", async () => {
  const world = createWorld();
  await runRelease(wish, createFakeRelease(world).ports);
  mergeChange(world, { core: "minor" });
  const before = world.writes.length;

  const result = await runRelease({ ...wish, how: "pull-request" }, createFakeRelease(world).ports);

  expect(result.versionRequest).toBe("https://github.example/pull/1");
  expect(world.writes.slice(before)).toEqual([
    "push c1v to the version branch",
    "pull request slipway/versions",
  ]);
});

test("a version pull request needs GitHub", async () => {
  const world = createWorld();
  mergeChange(world, { core: "minor" });
  const { ports } = createFakeRelease(world);

  await expect(
    runRelease({ ...wish, how: "pull-request" }, { ...ports, github: null }),
  ).rejects.toMatchObject({ code: "CONFIG_INVALID" });
});

async function refuse(): Promise<never> {
  throw new SlipwayError("NOT_CONFIRMED", "No.");
}
