import { SlipwayError } from "../errors.ts";
import type { EnvironmentState, PastRun, Pin } from "./environment-state.ts";
import { shortDigest } from "./plan-changes.ts";

/** Why a service runs the version it runs. */
export interface Explanation {
  service: string;
  running: string;
  digest: string;
  /** The run that brought it. */
  run: PastRun | null;
  pin: Pin | null;
  /** Versions it could go back to, the newest first. */
  earlier: readonly string[];
}

export function explainService(state: EnvironmentState, service: string): Explanation {
  const current = state.services[service];
  if (current === undefined) {
    const known = Object.keys(state.services).join(", ") || "none";
    throw new SlipwayError(
      "SERVICE_UNKNOWN",
      `No service "${service}" is deployed; there are: ${known}.`,
    );
  }
  const earlier = (state.earlier[service] ?? []).slice(1);
  return {
    service,
    running: current.release.version,
    digest: current.release.digest,
    run: state.runs.find(({ run }) => run === current.run) ?? null,
    pin: state.pins[service] ?? null,
    earlier: earlier.map(({ release }) => `${release.version} ${shortDigest(release.digest)}`),
  };
}

export function formatExplanation(explanation: Explanation): string {
  const { service, running, digest, run, pin, earlier } = explanation;
  return [
    `${service} runs ${running} (${digest})`,
    ...(run === null ? [] : formatRun(run)),
    ...(pin === null ? [] : formatPin(pin)),
    `  It could go back to: ${earlier.join(", ") || "nothing"}.`,
  ].join("\n");
}

function formatRun({ run, kind, actor, reason, commit, openedAt }: PastRun): readonly string[] {
  return [
    `  since the ${kind} ${run} by ${actor.name} on ${openedAt}`,
    `  of commit ${commit}`,
    ...(reason === null ? [] : [`  because: ${reason}`]),
  ];
}

function formatPin({ actor, since, reason, blocked }: Pin): readonly string[] {
  const images = blocked.map(({ version, digest }) => `${version} ${shortDigest(digest)}`);
  return [
    `  It is pinned by ${actor.name} since ${since}${reason === null ? "" : `: ${reason}`}.`,
    `  Blocked: ${images.join(", ")}. A newer one lifts the pin.`,
  ];
}
