import type { EnvironmentState } from "../deploy/environment-state.ts";
import type { Session } from "./open-session.ts";
import { runExclusively } from "./run-exclusively.ts";

/** Hosts that were lost and are, as it turns out, as the ledger says. */
export async function noteCaughtUp(session: Session, { behind }: EnvironmentState): Promise<void> {
  const hosts = Object.keys(behind);
  if (hosts.length === 0) return;
  await runExclusively(session, {
    command: "reconcile",
    work: ({ ledger }) => ledger.append({ event: "hosts-caught-up", data: { hosts } }),
  });
}
