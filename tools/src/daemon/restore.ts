import type { DaemonContext } from "./daemon-context.ts";
import type { DaemonState } from "./daemon-state.ts";
import { endLeftTasks } from "./instance-calls.ts";
import { postgresId } from "./postgres.ts";
import { isRunning } from "./process-identity.ts";
import { sweepStrays } from "./sweep-strays.ts";

/** Takes over from a daemon that ended without stopping its processes. Tells what it did, in sentences. */
export async function restoreDaemon(
  context: DaemonContext,
  ownerEntry: string,
  state: DaemonState | null,
): Promise<string[]> {
  const processes = state?.processes ?? [];
  const alive = processes.flatMap(({ identity }) =>
    identity !== null && isRunning(identity) ? [identity.pid] : [],
  );
  const strays = await sweepStrays(ownerEntry, new Set(alive));
  if (state === null) return describeStrays(strays);
  restoreRecords(context, state);
  const order = processes.toSorted((a, b) => rank(a.spec.id) - rank(b.spec.id));
  await context.supervisor.restore(order);
  await endLeftTasks(context);
  const restarted = processes.filter(({ keepRunning }) => keepRunning).length - alive.length;
  return [
    ...describeStrays(strays),
    ...(processes.length === 0
      ? []
      : [`A former daemon had ended; its ${alive.length} running processes were taken over.`]),
    ...(restarted > 0
      ? [`Processes that had ended too and were started again: ${restarted}.`]
      : []),
  ];
}

function restoreRecords({ slots, instances, edge, announced }: DaemonContext, state: DaemonState) {
  announced.document = state.announced;
  for (const instance of state.instances) instances.set(instance.id, instance);
  for (const record of state.slots) {
    slots.set(record.service, record);
    edge.ensure(record.service, record.routes);
    const slot = edge.slots.get(record.service);
    const { instance, address } = record;
    if (slot === undefined || instance === null || address === null) continue;
    edge.shift(slot, { instance, address });
  }
}

function describeStrays(pids: readonly number[]): string[] {
  return pids.length === 0
    ? []
    : [`Processes of this environment that nobody accounted for were ended: ${pids.join(", ")}.`];
}

function rank(id: string): number {
  return id === postgresId ? 0 : 1;
}
