import type { RunPorts } from "../deploy/run-ports.ts";
import type { EnvironmentConnection } from "../hosts/platform.ts";
import { takeLease, type HeldLease } from "../ledger/lease.ts";
import { isHolderGone, readOwnMark } from "../ledger/process-mark.ts";
import { readActor } from "../ledger/read-actor.ts";
import { openRunLedger } from "../ledger/run-ledger.ts";
import { findConnection, openConnection, readState, type Session } from "./open-session.ts";

export interface ExclusiveWork<Result> {
  /** Shown to whoever finds the lock held. */
  command: string;
  work: (ports: RunPorts, connection: EnvironmentConnection) => Promise<Result>;
}

/** Takes the environment's lock, connects, works, and gives everything back, whatever happens. */
export async function runExclusively<Result>(
  session: Session,
  { command, work }: ExclusiveWork<Result>,
): Promise<Result> {
  const run = nameRun(session.context.adapters.clock.now());
  const { context, flags } = session;
  const actor = await readActor(context.workspace, context.env);
  const lease = await takeLease({
    store: session.store,
    environment: session.environment.name,
    holder: { actor, run, reason: flags.reason ?? null, command, ...(await readOwnMark()) },
    clock: context.adapters.clock,
    atLeast: async () => readNewestEpoch(session),
    wait: flags.wait,
    signal: context.signal,
    onNote: (text) => context.report.event({ type: "note", text }),
    isGone: isHolderGone,
  });
  try {
    return await workConnected(session, { run, actor, lease, work });
  } finally {
    await lease.release();
  }
}

/** A lost lease must not begin at 1 again: whoever has seen a higher epoch would refuse every run. */
async function readNewestEpoch(session: Session): Promise<number> {
  const [state, connection] = await Promise.all([readState(session), findConnection(session)]);
  await connection?.close();
  return Math.max(state.epoch, connection?.epoch ?? 0);
}

interface LockedWork<Result> extends Pick<ExclusiveWork<Result>, "work"> {
  run: string;
  actor: Awaited<ReturnType<typeof readActor>>;
  lease: HeldLease;
}

async function workConnected<Result>(
  session: Session,
  { run, actor, lease, work }: LockedWork<Result>,
): Promise<Result> {
  const { context, flags, store, policy } = session;
  const { clock } = context.adapters;
  const ledger = await openRunLedger({
    store,
    run,
    epoch: lease.epoch,
    actor,
    reason: flags.reason ?? null,
    now: () => clock.now(),
  });
  const connection = await openConnection(session, lease.epoch);
  try {
    const { runtime, gateway, platform } = connection;
    const signal = AbortSignal.any([context.signal, lease.lost]);
    const report = context.report.event;
    return await work(
      { runtime, gateway, platform, ledger, policy, clock, report, signal },
      connection,
    );
  } finally {
    await connection.close();
  }
}

/** Sorts by time and is safe in file names: `2026-11-23T14-02-10-123Z`. */
function nameRun(now: Date): string {
  return now.toISOString().replaceAll(/[:.]/g, "-");
}
