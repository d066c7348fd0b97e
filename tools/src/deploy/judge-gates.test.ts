import { expect, test } from "vitest";

import { buildSet } from "../../test/fakes/build-release.ts";
import type { PastRun, PastVerification } from "./environment-state.ts";
import { judgeGates, type GateFacts } from "./judge-gates.ts";

const ada = { name: "Ada", kind: "git" } as const;
const now = new Date("2026-11-23T12:00:00.000Z");

const verification: PastVerification = {
  set: "set-1",
  content: "content",
  configuration: "configuration",
  isPassed: true,
  suites: ["smoke", "browser"],
  deployedAt: "2026-11-20T10:00:00.000Z",
  at: "2026-11-20T12:00:00.000Z",
  actor: ada,
};

const failedRun: PastRun = {
  run: "run-1",
  kind: "deploy",
  set: "set-1",
  commit: "abc123",
  actor: ada,
  reason: null,
  openedAt: "2026-11-22T12:00:00.000Z",
  closedAt: "2026-11-22T12:01:00.000Z",
  outcome: "rolled-back",
  message: "core ended.",
  changes: [],
  overrides: [],
  attempt: "attempt",
  failure: "INSTANCE_EXITED",
};

function judge(changes: Partial<GateFacts>): readonly string[] {
  return judgeGates({
    plan: { kind: "deploy", set: buildSet({ core: {} }), attempt: "attempt" },
    content: "content",
    configuration: "configuration",
    state: { freeze: null, runs: [] },
    gate: { verifiedIn: "staging", withinDays: 7, soakMinutes: 60 },
    freezes: [],
    verifications: [verification],
    blockFailed: true,
    now,
    ...changes,
  });
}

test("lets through what was verified as it is", () => {
  expect(judge({})).toEqual([]);
});

test.each<[string, Partial<GateFacts>, string]>([
  ["was never verified", { verifications: [] }, "was never verified in staging as a whole."],
  ["is another content", { content: "other" }, "was never verified in staging as a whole."],
  [
    "failed its tests since",
    { verifications: [{ ...verification, isPassed: false }] },
    "staging found it broken on 2026-11-20T12:00:00.000Z (smoke, browser).",
  ],
  ["is configured differently", { configuration: "other" }, "with other settings"],
  [
    "was verified too long ago",
    { now: new Date("2026-11-28T12:00:00.000Z") },
    "is older than 7 days.",
  ],
  [
    "had hardly run there",
    { verifications: [{ ...verification, deployedAt: "2026-11-20T11:30:00.000Z" }] },
    "for 30 minutes when it was verified, expected 60.",
  ],
  [
    "comes in a freeze of the calendar",
    { freezes: [{ from: "2026-11-23T00:00Z", until: "2026-11-24T00:00Z", reason: "Agora" }] },
    "Nothing is deployed until 2026-11-24T00:00Z: Agora.",
  ],
  [
    "comes while somebody has frozen the environment",
    { state: { freeze: { until: null, since: "today", actor: ada, reason: "audit" }, runs: [] } },
    "Ada has frozen it since today: audit.",
  ],
  [
    "failed just so before",
    { state: { freeze: null, runs: [failedRun] } },
    "failed in run run-1: core ended.",
  ],
])("holds up a set that %s", (_why, changes, sentence) => {
  expect(judge(changes)).toEqual([expect.stringContaining(sentence)]);
});

const frozen = { until: "2026-11-23T11:00Z", since: "today", actor: ada, reason: null };

test.each<[string, Partial<GateFacts>]>([
  ["a freeze is over", { state: { freeze: frozen, runs: [] } }],
  [
    "a freeze of the calendar has not begun",
    { freezes: [{ from: "2026-11-24T00:00Z", until: "2026-11-25T00:00Z", reason: "Agora" }] },
  ],
  ["the failure was the registry's", run({ failure: "REGISTRY_UNREACHABLE" })],
  ["it was interrupted", run({ failure: null })],
  ["something else failed", run({ attempt: "other" })],
  ["failures keep nothing out here", { blockFailed: false, ...run({}) }],
  [
    "it worked since",
    { state: { freeze: null, runs: [failedRun, { ...failedRun, outcome: "committed" }] } },
  ],
])("lets a deployment through when %s", (_why, changes) => {
  expect(judge(changes)).toEqual([]);
});

test.each(["rollback", "reconcile"] as const)("never holds up a %s", (kind) => {
  const plan = { kind, set: buildSet({ core: {} }), attempt: "attempt" };

  expect(judge({ plan, verifications: [], state: { freeze: frozen, runs: [] } })).toEqual([]);
});

function run(changes: Partial<PastRun>): Pick<GateFacts, "state"> {
  return { state: { freeze: null, runs: [{ ...failedRun, ...changes }] } };
}
