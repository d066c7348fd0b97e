import { describe, expect, test } from "vitest";

import { startFakeApi } from "../../testing/fake-api.ts";
import { openPage, settle } from "../../testing/open-page.ts";
import { type Health, judgeService, type ReleaseSet } from "./service-status.ts";

const digest = `sha256:${"a".repeat(64)}`;
const set: ReleaseSet = { id: "set-1", services: { core: { version: "1.2.0", digest } } };

function buildHealth(changes: Partial<Health> = {}): Health {
  return {
    name: "core",
    version: "1.2.0",
    commit: "0123456789abcdef",
    release_set: "set-1",
    image_digest: digest,
    instance: "core-a",
    ...changes,
  };
}

describe("judging what runs", () => {
  test.each<{ what: string; health: Health | null; set: ReleaseSet | null; verdict: string }>([
    { what: "the released version and image", health: buildHealth(), set, verdict: "as planned" },
    {
      what: "another version",
      health: buildHealth({ version: "1.1.0" }),
      set,
      verdict: "other version",
    },
    {
      what: "another image",
      health: buildHealth({ image_digest: "sha256:b" }),
      set,
      verdict: "other image",
    },
    {
      what: "an unknown image",
      health: buildHealth({ image_digest: "none" }),
      set,
      verdict: "as planned",
    },
    { what: "no answer", health: null, set, verdict: "no answer" },
    { what: "no release set", health: buildHealth(), set: null, verdict: "unknown" },
    {
      what: "a set without the service",
      health: buildHealth(),
      set: { id: "x", services: {} },
      verdict: "not in the set",
    },
  ])("finds $what: $verdict", ({ health, set: released, verdict }) => {
    const probe = { service: "core", health, roundTripMs: 1 };

    expect(judgeService(probe, released).verdict).toBe(verdict);
  });
});

describe("the status page", () => {
  test("marks what is not as released in words and colour, and leaves the rest", async () => {
    startFakeApi({
      "GET /.well-known/release-set": () => ({ body: set }),
      "GET /api/core/healthcheck": () => ({ body: { success: true, data: buildHealth() } }),
      "GET /api/events/healthcheck": () => ({
        body: { success: true, data: buildHealth({ name: "events" }) },
      }),
    });

    const { page } = await openPage("/status", null);
    await settle();

    const rows = page.findAll("tbody tr");
    const texts = Object.fromEntries(
      rows.map((row) => [row.get("th").text(), { text: row.text(), isRed: row.classes("wrong") }]),
    );
    expect(texts["core"]).toMatchObject({ isRed: false });
    expect(texts["core"]?.text).toContain("As released");
    expect(texts["events"]).toMatchObject({ isRed: true });
    expect(texts["events"]?.text).toContain("Not in the release set");
    expect(texts["mailer"]?.text).toContain("No answer");
    expect(page.get(".note--bad").text()).toContain("Look at");
  });
});
