import { chmod, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { CommandContext, CommandInput, Flags } from "../cli/command.ts";
import { openOldSet, type OldSet } from "../cli/open-old-set.ts";
import { openSession, type Session } from "../cli/open-session.ts";
import { createRehearsalWork } from "../cli/rehearse-sets.ts";
import { runExclusively } from "../cli/run-exclusively.ts";
import { readEnvironment } from "../config/read-environment.ts";
import { SlipwayError } from "../errors.ts";
import { exitCodes, type ExitCode } from "../exit-codes.ts";
import { formatRehearsal, formatStep } from "../output/format-rehearsal.ts";
import { chainRegistries } from "../registries/chain-registries.ts";
import { compareSets, listMigrations, type Migrations } from "../rehearse/compare-sets.ts";
import { planRehearsal } from "../rehearse/plan-rehearsal.ts";
import { type Rehearsal, runRehearsal } from "../rehearse/run-rehearsal.ts";
import type { ReleaseSet } from "../release/release-set.ts";

/** Proves in a throw-away environment that what changed can be rolled out, service by service, and taken back. */
export async function run(context: CommandContext, { flags }: CommandInput): Promise<ExitCode> {
  const { workspace, adapters, report } = context;
  const { name, throwAway = false } = await readEnvironment(workspace, flags.env);
  if (!throwAway) throw refuse(name);
  const old = await openOldSet(context, flags);
  try {
    const onNote = (text: string) => report.event({ type: "note", text });
    const candidate = await adapters.buildSet({ workspace, onNote });
    return await rehearse(context, { flags, old, candidate });
  } finally {
    await old.remove();
  }
}

interface Parts {
  flags: Flags;
  old: OldSet;
  candidate: ReleaseSet;
}

async function rehearse(context: CommandContext, parts: Parts): Promise<ExitCode> {
  const { old, candidate } = parts;
  const facts = compareSets(old.set, candidate);
  const migrations = listMigrations(old.set, candidate);
  const steps = facts.changed.length === 0 ? [] : planRehearsal(facts);
  const startedMs = context.adapters.clock.now().getTime();
  const result =
    steps.length === 0
      ? { pairs: [], failure: null }
      : await withEnvironment(context, parts, async (session) => {
          const work = createRehearsalWork(session, { old: old.set, candidate });
          return runRehearsal(steps, tellOf(context, work, migrations));
        });
  const durationMs = context.adapters.clock.now().getTime() - startedMs;
  const document = { changed: facts.changed, migrations, ...result, durationMs };
  context.report.answer({
    document: { type: "rehearsal", version: 1, from: old.set.id, to: candidate.id, ...document },
    text: formatRehearsal(document),
  });
  return result.failure === null ? exitCodes.done : exitCodes.failed;
}

type Work = ReturnType<typeof createRehearsalWork>;

/** Says each step before it is taken. */
function tellOf({ report }: CommandContext, { move, smoke }: Work, migrations: Migrations): Work {
  return {
    move(step) {
      report.event({ type: "note", text: formatStep(step, migrations) });
      return move(step);
    },
    smoke,
  };
}

/** An environment of its own beside any other, gone at the end whatever happens. */
async function withEnvironment(
  context: CommandContext,
  { flags, old }: Parts,
  work: (session: Session) => Promise<Rehearsal>,
): Promise<Rehearsal> {
  const state = await mkdtemp(join(tmpdir(), "slipway-rehearsal-"));
  // Of root, services have a user of their own. What is open to it needs no other place, so all of it goes with the folder.
  await chmod(state, 0o755);
  await mkdir(join(state, flags.env), { mode: 0o755 });
  const { adapters, env, report } = context;
  const inner: CommandContext = {
    ...context,
    env: { ...env, SLIPWAY_STATE: state },
    // The rehearsal tells of its own steps; what each deployment does would drown them.
    report: { ...report, event: () => {} },
    adapters: {
      ...adapters,
      createRegistry: async (workspace) =>
        chainRegistries(await adapters.createRegistry(workspace, "working-tree"), old.openRegistry),
    },
  };
  const session = await openSession(inner, { ...flags, release: undefined });
  try {
    return await work(session);
  } finally {
    await runExclusively(session, {
      command: "stop",
      work: async ({ platform }) => platform.shutdown(),
    });
    await rm(state, { recursive: true, force: true });
  }
}

function refuse(name: string): SlipwayError {
  return new SlipwayError("TEST_DATA_REFUSED", `${name} is no environment to throw away.`, {
    hint: "Nothing was touched. Rehearse in one that has `throwAway: true`: --env=ci",
  });
}
