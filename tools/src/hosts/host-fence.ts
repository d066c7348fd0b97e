import { SlipwayError } from "../errors.ts";
import type { Host } from "./host.ts";

const superseded = 45;

/** Under the host's own lock: takes the epoch when it is not older than the last one that claimed the host. */
const script = [
  'umask 077; mkdir -p "$1"; exec 9>"$1/epoch.lock"; flock 9',
  'last=$(cat "$1/epoch" 2>/dev/null || echo 0)',
  `[ "$2" -ge "$last" ] || { echo "$last"; exit ${superseded}; }`,
  '[ "$2" -eq "$last" ] || { echo "$2" >"$1/epoch.new" && sync "$1/epoch.new" && mv "$1/epoch.new" "$1/epoch"; }',
].join("\n");

/** Refuses a run that was overtaken, as the host itself knows it. Without an epoch nothing may be changed. */
export function createHostFence(host: Host, epoch: number | undefined): () => Promise<void> {
  return async () => {
    if (epoch === undefined) throw refuse(host, "The command does not hold the environment's lock");
    const argv = ["sh", "-c", script, "sh", host.folder, String(epoch)] as const;
    const { exitCode, stdout, stderr } = await host.run({ argv });
    if (exitCode === 0) return;
    if (exitCode === superseded) {
      throw refuse(host, `Run ${stdout.trim()} works on it now, this one had number ${epoch}`);
    }
    throw new SlipwayError("HOST_FAILED", `${host.name} could not be claimed: ${stderr.trim()}`);
  };
}

function refuse({ name }: Host, why: string): SlipwayError {
  return new SlipwayError("RUN_SUPERSEDED", `${name} refuses the change. ${why}.`, {
    hint: "Nothing was touched by this step. See: npx slipway history",
  });
}
