import type { ExitCode } from "../exit-codes.ts";
import type { RunOutcome } from "./ledger-record.ts";
import { planRetention } from "./plan-retention.ts";
import type { RunPorts } from "./run-ports.ts";

export interface RunEnd {
  outcome: RunOutcome;
  exitCode: ExitCode;
  message: string | null;
}

/** Records how the run ended, and frees the room of images that nobody can go back to. */
export async function closeRun(end: RunEnd, { ledger, runtime }: RunPorts): Promise<void> {
  await ledger.append({ event: "run-closed", data: end });
  await runtime.prune(planRetention(ledger.state()));
}
