import { expect, test } from "vitest";

import { planRehearsal, type RehearsalStep } from "./plan-rehearsal.ts";
import { runRehearsal, type RehearsalCheck } from "./run-rehearsal.ts";

const needs = { core: [], events: ["core"] };
const steps = planRehearsal({
  old: needs,
  candidate: needs,
  changed: ["core", "events"],
  migrating: ["events"],
});
const call: RehearsalCheck = {
  service: "events",
  provider: "core",
  title: "GET /session",
  fault: null,
};

test("meets every mix on the way out and back", async () => {
  const { moves, work } = rehearse(() => [call]);
  const { pairs, failure } = await runRehearsal(steps, work);
  expect(failure).toBeNull();
  expect(pairs.map((pair) => [pair.consumerAge, pair.providerAge, pair.result])).toEqual([
    ["old", "old", "passed"],
    ["old", "new", "passed"],
    ["new", "new", "passed"],
  ]);
  expect(moves).toEqual([
    "start",
    "migrate events",
    "advance core",
    "advance events",
    "return events",
    "return core",
  ]);
});

test("stops at the first fault and names the step before it", async () => {
  const broken = { ...call, provider: null, title: "GET /events", fault: "status 500" };
  const { moves, work } = rehearse((last) => (last === "migrate events" ? [call, broken] : [call]));
  const { failure } = await runRehearsal(steps, work);
  expect(failure).toEqual({ after: { kind: "migrate", service: "events" }, checks: [broken] });
  expect(moves).toEqual(["start", "migrate events"]);
});

test("stops at a step that can't be done", async () => {
  const { moves, work } = rehearse(() => [call], "migrate of events ended with exit code 1.");
  const { failure } = await runRehearsal(steps, work);
  expect(failure?.checks).toEqual([
    {
      service: "events",
      provider: null,
      title: "migrate",
      fault: "migrate of events ended with exit code 1.",
    },
  ]);
  expect(moves).toEqual(["start", "migrate events"]);
});

test("fails the pair whose call fails", async () => {
  const refused = { ...call, fault: "status 401" };
  const { work } = rehearse((last) => [last === "advance core" ? refused : call]);
  const { pairs } = await runRehearsal(steps, work);
  expect(pairs.at(-1)).toMatchObject({
    consumerAge: "old",
    providerAge: "new",
    result: "failed",
  });
});

test("vouches for no pair that nothing called across", async () => {
  const { work } = rehearse(() => [{ ...call, provider: null }]);
  const { pairs } = await runRehearsal(steps, work);
  expect(pairs.map(({ result }) => result)).toEqual(["uncalled", "uncalled", "uncalled"]);
});

function rehearse(
  look: (lastMove: string | undefined) => RehearsalCheck[],
  migrationFault: string | null = null,
) {
  const moves: string[] = [];
  const work = {
    async move(step: Exclude<RehearsalStep, { kind: "smoke" }>) {
      moves.push(step.kind === "start" ? step.kind : `${step.kind} ${step.service}`);
      return step.kind === "migrate" ? migrationFault : null;
    },
    smoke: async () => look(moves.at(-1)),
  };
  return { moves, work };
}
