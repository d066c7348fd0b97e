import { expect, test } from "vitest";

import { buildSet } from "../../test/fakes/build-release.ts";
import { claimWorld } from "../../test/fakes/fake-claim.ts";
import { createCliInMemory } from "../../test/fakes/run-cli-in-memory.ts";

const first = buildSet({ core: {} });
const second = buildSet({ core: { image: "2" } });

test("goes on when the lock's file was lost but the environment remembers its epoch", async () => {
  const cli = await createCliInMemory(first);
  await cli.run("deploy");
  cli.world.claim.epoch = 40;
  const lease = await cli.store.readLease();
  await cli.store.swapLease(lease, { epoch: 0, holder: null });
  cli.build(second);

  const { exitCode } = await cli.run("deploy");

  expect(exitCode).toBe(0);
  expect((await cli.store.readLease()).epoch).toBe(41);
});

test("a run that was overtaken is refused by the environment itself, and says so", async () => {
  const cli = await createCliInMemory(first);
  await cli.run("deploy");
  cli.build(second);
  const runtime = { ...cli.world.runtime };
  cli.world.runtime.start = async (spec) => {
    await runtime.start(spec);
    claimWorld(cli.world, 99);
  };

  const { exitCode, stderr } = await cli.run("deploy");

  expect(exitCode).toBe(12);
  expect(stderr).toContain("Another run has taken over the environment (epoch 99");
  expect(cli.world.routes.get("core")?.instance).toBe("core-11111111-1");
});
