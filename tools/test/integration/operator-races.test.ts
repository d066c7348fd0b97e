import { setImmediate as nextTurn } from "node:timers/promises";

import { expect, test } from "vitest";

import { buildSet } from "../fakes/build-release.ts";
import { createCliInMemory } from "../fakes/run-cli-in-memory.ts";

const rounds = Array.from({ length: 100 }, (_unused, round) => round);

test("of two operators exactly one deploys, in 100 races of 100", { timeout: 60_000 }, async () => {
  const races = await Promise.all(rounds.map(race));

  expect(races).toEqual(rounds.map(() => ({ exitCodes: [0, 12], runs: 1, isTold: true })));
});

/** The second begins a little later in each round. */
async function race(round: number) {
  const operators = await createCliInMemory(buildSet({ core: {} }));
  const { runtime } = operators.world;
  const real = { ...runtime };
  const loserEnded = Promise.withResolvers<unknown>();
  // Whoever wins is at work until the other has been told.
  runtime.prepare = async (image) => {
    await loserEnded.promise;
    await real.prepare(image);
  };
  const both = [operators.run("deploy"), startLater()];
  loserEnded.resolve(Promise.race(both));
  const results = await Promise.all(both);
  const events = operators.store.events();
  return {
    exitCodes: results.map(({ exitCode }) => exitCode).toSorted((a, b) => a - b),
    runs: events.filter((event) => event === "run-opened").length,
    isTold: results.some(({ stderr }) => stderr.includes('is locked: ada runs "deploy"')),
  };

  async function startLater() {
    for (let turn = 0; turn < round % 10; turn += 1) await nextTurn();
    return operators.run("deploy");
  }
}
