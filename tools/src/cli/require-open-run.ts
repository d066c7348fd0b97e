import type { OpenRun } from "../deploy/environment-state.ts";
import type { RunPorts } from "../deploy/run-ports.ts";
import { SlipwayError } from "../errors.ts";
import { readState, type Session } from "./open-session.ts";

/** The run that ended half-way; throws RUN_MISSING when there is none. Looks again under the lock. */
export async function requireOpenRun(session: Session, ports?: RunPorts): Promise<OpenRun> {
  const state = ports === undefined ? await readState(session) : ports.ledger.state();
  if (state.openRun !== null) return state.openRun;
  throw new SlipwayError("RUN_MISSING", `No run in ${session.environment.name} is unfinished.`, {
    hint: `See: npx nx run tools:history --env=${session.environment.name}`,
  });
}
