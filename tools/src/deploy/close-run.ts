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
export async function closeRun(end: RunEnd, ports: RunPorts): Promise<void> {
  const { ledger, runtime, report } = ports;
  await noteLostHosts(ports);
  await ledger.append({ event: "run-closed", data: end });
  await runtime.prune(planRetention(ledger.state())).catch((error: unknown) => {
    // The run has ended as it has; the next one frees the room.
    const why = error instanceof Error ? error.message : String(error);
    report({
      type: "warning",
      text: `Images that nobody needs any more could not be removed: ${why}`,
    });
  });
}

/** What a host that went away has is not what the ledger says, until a run has reached it again. */
export async function noteLostHosts({ ledger, platform }: RunPorts): Promise<void> {
  const { behind } = ledger.state();
  const hosts = (platform.lostHosts?.() ?? []).filter((host) => !(host in behind));
  if (hosts.length > 0) await ledger.append({ event: "hosts-lost", data: { hosts } });
}
