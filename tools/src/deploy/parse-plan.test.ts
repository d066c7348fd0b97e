import { expect, test } from "vitest";

import { buildSet } from "../../test/fakes/build-release.ts";
import { createFakeEnvironment } from "../../test/fakes/fake-environment.ts";
import { parsePlan } from "./parse-plan.ts";
import { sealPlan } from "./plan-deploy.ts";
import type { DeployPlan } from "./plan.ts";

async function plan(): Promise<DeployPlan> {
  const environment = createFakeEnvironment();
  await environment.deploy(buildSet({ core: { database: true }, events: { needs: ["core"] } }));
  return environment.plan(buildSet({ core: { database: true, image: "2" } }));
}

test("gives a saved plan back as it was", async () => {
  const saved = await plan();

  expect(parsePlan(JSON.stringify(saved), "plan.json")).toEqual(saved);
});

test("refuses a plan that was edited", async () => {
  const text = JSON.stringify(await plan()).replace("core-22222222-2", "core-22222222-3");

  expect(() => parsePlan(text, "plan.json")).toThrow("edited after it was saved");
});

test.each([
  ["no JSON", "{", "does not hold JSON"],
  ["null", "null", "no plan of version 1"],
  ["a list", "[]", "no plan of version 1"],
  ["a plan of a later version", '{"version":2,"steps":[]}', "no plan of version 1"],
])("refuses %s", (_what, text, sentence) => {
  expect(() => parsePlan(text, "plan.json")).toThrow(sentence);
});

test.each([
  ["a step of a kind that does not exist", { kind: "format-disk" }],
  ["a stop without an instance", { kind: "stop", service: "core", graceSeconds: 1 }],
  ["a limit that is no number", { kind: "drain", service: "a", instance: "b", limitSeconds: "1" }],
  ["a step that is a text", "stop"],
])("refuses %s, though its hash fits, and says where", async (_what, step) => {
  const { hash: _hash, ...content } = await plan();
  const steps = [...content.steps];
  const forged = { ...content, steps: [step, ...steps] };
  const { hash } = sealPlan({ ...content, steps });

  expect(() => parsePlan(JSON.stringify({ ...forged, hash }), "plan.json")).toThrow(
    expect.objectContaining({
      code: "PLAN_INVALID",
      exitCode: 2,
      details: expect.arrayContaining([expect.stringMatching(/^steps\.0/)]),
    }),
  );
});
