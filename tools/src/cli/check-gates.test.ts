import { expect, test } from "vitest";

import { buildSet } from "../../test/fakes/build-release.ts";
import { createFakeEnvironment } from "../../test/fakes/fake-environment.ts";
import { createCliInMemory } from "../../test/fakes/run-cli-in-memory.ts";
import type { CliInMemory } from "../../test/fakes/run-cli-in-memory.ts";
import { foldLedger } from "../deploy/fold-ledger.ts";
import { sealRecord } from "../deploy/ledger-record.ts";
import { recordVerification } from "./record-verification.ts";

const set = buildSet({ core: {}, events: { needs: ["core"] } });
const more = "gate: { verifiedIn: staging, withinDays: 7 }\n";

/** `local` is the one with the gate. */
async function createGated(confirm: "none" | "type name" = "none"): Promise<CliInMemory> {
  return createCliInMemory(set, { more, confirm, others: { staging: "" } });
}

async function verify(cli: CliInMemory, isPassed: boolean): Promise<void> {
  const store = cli.storeOf("staging");
  const ledger = {
    run: "verify-1",
    actor: { name: "ci", kind: "ci" } as const,
    state: () => state,
    async append(
      event: Parameters<Parameters<typeof recordVerification>[0]["ledger"]["append"]>[0],
    ) {
      const { seq, lastHash, epoch } = state;
      const actor = { name: "ci", kind: "ci" } as const;
      const place = { seq: seq + 1, prevHash: lastHash, epoch, actor, reason: null };
      const time = cli.clock.now().toISOString();
      await store.append(sealRecord({ ...event, ...place, time, run: "verify-1" }));
    },
    forRun: () => ledger,
  };
  const state = foldLedger((await store.read()).records);
  const { policy } = await createFakeEnvironment().openPorts();
  await recordVerification({ ledger, policy }, { set: set.id, isPassed, suites: ["smoke"] });
}

test("takes only what was verified in the environment before, and takes it back when that fails", async () => {
  const cli = await createGated();
  const tooEarly = await cli.run("deploy");
  await cli.run("deploy", "--env=staging");
  await verify(cli, true);
  await verify(cli, false);
  const revoked = await cli.run("deploy");
  await verify(cli, true);
  const taken = await cli.run("deploy");

  expect([tooEarly.exitCode, revoked.exitCode, taken.exitCode]).toEqual([13, 13, 0]);
  expect(tooEarly.stderr).toContain(`${set.id} was never verified in staging as a whole.`);
  expect(tooEarly.stderr).toContain("[GATE_REFUSED]");
  expect(revoked.stderr).toContain("staging found it broken");
});

test("refuses a part of what was verified: it was tested as a whole", async () => {
  const cli = await createGated();
  await cli.run("deploy", "--env=staging");
  await verify(cli, true);
  cli.build(buildSet({ core: {} }));

  expect((await cli.run("deploy", "--service=core")).exitCode).toBe(13);
});

test("touches nothing when it refuses", async () => {
  const cli = await createGated();

  await cli.run("deploy");

  expect(cli.world.calls).toEqual([]);
  expect(cli.store.events()).toEqual([]);
});

test("can be overridden with a reason only, and the history says so", async () => {
  const cli = await createGated();

  const withoutReason = await cli.run("deploy", "--force");
  const forced = await cli.run("deploy", "--force", "--reason=log-in is broken");
  const history = await cli.run("history");

  expect([withoutReason.exitCode, forced.exitCode]).toEqual([2, 0]);
  expect(history.stdout).toContain("why: log-in is broken");
  expect(history.stdout).toContain(`overridden: ${set.id} was never verified in staging`);
});

test("refuses a verification of another set than runs", async () => {
  const cli = await createGated();
  await cli.run("deploy", "--env=staging");
  cli.build(buildSet({ core: { image: "2" } }));
  await cli.run("deploy", "--env=staging");

  await expect(verify(cli, true)).rejects.toMatchObject({ code: "VERIFICATION_STALE" });
});

test("without a terminal wants the hash of the plan that was looked at, not just a yes", async () => {
  const cli = await createCliInMemory(set, { confirm: "type name" });
  const dry = JSON.parse((await cli.run("deploy", "--dry-run", "--json")).stdout);

  const yes = await cli.run("deploy", "--yes");
  const tooShort = await cli.run("deploy", `--plan=${dry.hash.slice(0, 4)}`);
  const other = await cli.run("deploy", "--plan=0123456789ab");
  const right = await cli.run("deploy", `--plan=${dry.hash.slice(0, 12)}`);
  const again = await cli.run("deploy", `--plan=${dry.hash.slice(0, 12)}`);

  expect(yes.stderr).toContain(`--plan=${dry.hash.slice(0, 12)}`);
  expect([yes, tooShort, other, right, again].map(({ exitCode }) => exitCode)).toEqual([
    4, 13, 13, 0, 0,
  ]);
  expect(again.stderr).toContain("No change");
});
