import type { DeployPlan } from "../deploy/plan.ts";
import { redact } from "./redact.ts";

export type Moment = "started" | "committed" | "failed" | "rolled back";

export interface Happening {
  moment: Moment;
  plan: Pick<DeployPlan, "kind" | "environment" | "set" | "changes">;
  actor: string;
  reason: string | null;
  run: string;
  /** What went wrong; null when nothing did. */
  message: string | null;
}

/** The body of a webhook as Slack takes it; other receivers find the same facts below `slipway`. */
export interface Notification {
  text: string;
  mrkdwn: false;
  slipway: Omit<Happening, "plan"> & {
    version: 1;
    environment: string;
    kind: DeployPlan["kind"];
    set: string;
    services: readonly { name: string; action: string; from: string | null; to: string | null }[];
  };
}

const longestText = 2000;

const verbs: Readonly<Record<Moment, string>> = {
  started: "began",
  committed: "is done",
  failed: "failed",
  "rolled back": "failed and was taken back",
};

/** Names, reasons and messages come from outside: nothing in them may become a link, a mention or a command. */
export function formatNotification({ plan, ...happening }: Happening): Notification {
  const { moment, actor, reason, run, message } = happening;
  const { kind, environment, set, changes } = plan;
  const changed = changes.filter(({ action }) => action !== "keep");
  const lines = [
    `${environment}: ${kind} by ${actor} ${verbs[moment]} (${set.id}, run ${run})`,
    ...(reason === null ? [] : [`Why: ${reason}`]),
    ...changed.map(
      ({ service, from, to }) =>
        `• ${service} ${from?.version ?? "none"} → ${to?.version ?? "none"}`,
    ),
    ...(message === null ? [] : [message]),
  ];
  return {
    text: escape(lines.join("\n")).slice(0, longestText),
    mrkdwn: false,
    slipway: {
      version: 1,
      moment,
      run,
      actor: redact(actor),
      message: message === null ? null : redact(message),
      reason: reason === null ? null : redact(reason),
      environment,
      kind,
      set: set.id,
      services: changed.map(({ service, action, from, to }) => ({
        name: service,
        action,
        from: from?.version ?? null,
        to: to?.version ?? null,
      })),
    },
  };
}

/** The three characters that Slack gives a meaning; a zero-width space keeps `@channel` from being one. */
function escape(text: string): string {
  return redact(text)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll("@", "@\u200B");
}
