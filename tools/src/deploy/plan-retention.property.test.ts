import { array, assert, asyncProperty, boolean, constantFrom, record } from "fast-check";
import { expect, test } from "vitest";

import { buildSet } from "../../test/fakes/build-release.ts";
import { createFakeEnvironment, policy } from "../../test/fakes/fake-environment.ts";
import { chooseRollback } from "./choose-rollback.ts";
import { foldLedger } from "./fold-ledger.ts";
import { planRetention } from "./plan-retention.ts";

const move = record({
  image: constantFrom(..."0123456789abcdef".split("")),
  isRollback: boolean(),
});

const warm = { policy: { ...policy, keepWarmMinutes: 10 } };

test("never lets go of an image that runs, is warm or pinned, or that one of the last ten versions has", async () => {
  await assert(
    asyncProperty(array(move, { minLength: 1, maxLength: 14 }), async (moves) => {
      const environment = createFakeEnvironment();
      const pruned: ReadonlySet<string>[] = [];
      environment.runtime.prune = async (keep) => void pruned.push(keep);
      const deployed: string[] = [];
      for (const { image, isRollback } of moves) {
        const state = foldLedger((await environment.store.read()).records);
        const wish = { environment: "local", services: ["core"], to: undefined };
        const canReturn = isRollback && (state.earlier["core"] ?? []).length > 1;
        const wanted = canReturn ? tryRollback(state, wish) : buildSet({ core: { image } });
        await environment.deploy(wanted, { ...warm, force: true });
        deployed.unshift(wanted.services["core"]?.digest ?? "");

        const after = foldLedger((await environment.store.read()).records);
        const keep = planRetention(after);
        const running = [...environment.instances.values()].map(({ digest }) => digest);
        const pinned = Object.values(after.pins).map(({ digest }) => digest);
        const last = [...new Set(deployed)].slice(0, 10);
        expect([...running, ...pinned, ...last].filter((digest) => !keep.has(digest))).toEqual([]);
        expect(pruned.at(-1) ?? keep).toEqual(keep);
      }
    }),
    { numRuns: 100 },
  );
});

function tryRollback(...[state, wish]: Parameters<typeof chooseRollback>) {
  return chooseRollback(state, wish).wanted;
}
