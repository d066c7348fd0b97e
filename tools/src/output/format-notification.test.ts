import { expect, test } from "vitest";

import { buildSet } from "../../test/fakes/build-release.ts";
import { formatNotification, type Happening } from "./format-notification.ts";

const one = { version: "1.0.0", digest: "sha256:1" };
const happening: Happening = {
  moment: "rolled back",
  plan: {
    kind: "deploy",
    environment: "production",
    set: { ...buildSet({ core: {} }), id: "set-1" },
    changes: [
      { service: "core", action: "update", from: one, to: { ...one, version: "1.1.0" }, note: "" },
      { service: "events", action: "keep", from: one, to: one, note: "" },
    ],
  },
  actor: "Ada",
  reason: "members wait",
  run: "run-7",
  message: "core@1.1.0 did not become ready within 20 s.",
};

test("says who did what, why, and how it ended", () => {
  expect(formatNotification(happening)).toEqual({
    text: [
      "production: deploy by Ada failed and was taken back (set-1, run run-7)",
      "Why: members wait",
      "• core 1.0.0 → 1.1.0",
      "core@\u200B1.1.0 did not become ready within 20 s.",
    ].join("\n"),
    mrkdwn: false,
    slipway: {
      version: 1,
      moment: "rolled back",
      environment: "production",
      kind: "deploy",
      set: "set-1",
      run: "run-7",
      actor: "Ada",
      reason: "members wait",
      message: "core@1.1.0 did not become ready within 20 s.",
      services: [{ name: "core", action: "update", from: "1.0.0", to: "1.1.0" }],
    },
  });
});

test.each([
  ["a mention of everybody", "<!channel> look", "&lt;!channel&gt; look"],
  ["a mention by name", "@here look", "@\u200Bhere look"],
  ["a link that hides its target", "<https://evil|AEGEE>", "&lt;https://evil|AEGEE&gt;"],
  ["an entity", "&lt;", "&amp;lt;"],
  ["colours of a terminal", "\u001b[31mred\u0007", "red"],
  ["a password", "password=hunter2", "password=***"],
  ["credentials in an address", "postgres://a:b@db/x", "postgres://***@\u200Bdb/x"],
])("takes the effect out of %s", (_what, reason, shown) => {
  expect(formatNotification({ ...happening, reason }).text).toContain(`Why: ${shown}\n`);
});

test("is never longer than a receiver takes", () => {
  const { text } = formatNotification({ ...happening, message: "x".repeat(10_000) });

  expect(text).toHaveLength(2000);
});
