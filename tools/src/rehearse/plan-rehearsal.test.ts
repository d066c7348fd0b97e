import { expect, test } from "vitest";

import { planRehearsal, type RehearsalStep } from "./plan-rehearsal.ts";
import type { RehearsalFacts } from "./rehearsal-facts.ts";

const needs = { core: ["mailer"], events: ["core", "mailer"], mailer: [] };
const facts: RehearsalFacts = {
  old: needs,
  candidate: needs,
  changed: ["events", "core"],
  migrating: ["events"],
};

test("goes providers first, back in reverse, and looks after every step", () => {
  expect(planRehearsal(facts).map(format)).toEqual([
    "start",
    "smoke: core old → mailer unchanged, events old → core old, events old → mailer unchanged",
    "migrate events",
    "smoke: core old → mailer unchanged, events old → core old, events old → mailer unchanged",
    "advance core",
    "smoke: core new → mailer unchanged, events old → core new, events old → mailer unchanged",
    "advance events",
    "smoke: core new → mailer unchanged, events new → core new, events new → mailer unchanged",
    "return events",
    "smoke: core new → mailer unchanged, events old → core new, events old → mailer unchanged",
    "return core",
    "smoke: core old → mailer unchanged, events old → core old, events old → mailer unchanged",
  ]);
});

test("leaves pairs out that the change does not touch", () => {
  const steps = planRehearsal({ ...facts, changed: ["events"], migrating: [] });
  expect(steps.map(format).slice(0, 2)).toEqual([
    "start",
    "smoke: events old → core unchanged, events old → mailer unchanged",
  ]);
});

test("pairs a new service only while it is there, and starts it after what it needs", () => {
  const candidate = { ...needs, discounts: ["core"] };
  const steps = planRehearsal({ old: needs, candidate, changed: ["discounts"], migrating: [] });
  expect(steps.map(format)).toEqual([
    "start",
    "smoke: ",
    "advance discounts",
    "smoke: discounts new → core unchanged",
    "return discounts",
    "smoke: ",
  ]);
});

test("lets a removed service go last, when what called it is replaced", () => {
  const steps = planRehearsal({
    old: needs,
    candidate: { core: [], events: ["core"] },
    changed: ["mailer", "core", "events"],
    migrating: [],
  });
  expect(steps.map(format).slice(2, 8)).toEqual([
    "advance core",
    "smoke: events old → core new, events old → mailer old",
    "advance events",
    "smoke: events new → core new",
    "advance mailer",
    "smoke: events new → core new",
  ]);
});

test("reads what a consumer calls from the version that runs", () => {
  const candidate = { ...needs, core: [] };
  const steps = planRehearsal({ old: needs, candidate, changed: ["core"], migrating: [] });
  expect(steps.map(format)[3]).toBe("smoke: events unchanged → core new");
});

function format(step: RehearsalStep): string {
  if (step.kind === "start") return step.kind;
  if (step.kind !== "smoke") return `${step.kind} ${step.service}`;
  const pairs = step.pairs.map(
    (pair) => `${pair.consumer} ${pair.consumerAge} → ${pair.provider} ${pair.providerAge}`,
  );
  return `smoke: ${pairs.join(", ")}`;
}
