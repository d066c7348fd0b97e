import type { Step } from "../deploy/plan.ts";

export interface StepDescription {
  /** Service, or the environment's part that changes. */
  subject: string;
  doing: string;
  /** Null when nobody needs to read it. */
  done: string | null;
}

// oxlint-disable-next-line complexity -- one line a kind; the compiler finds a forgotten one
export function describeStep(step: Step): StepDescription {
  switch (step.kind) {
    case "generate-secrets":
      return describe("secrets", "generating", `${step.names.length} generated`);
    case "ensure-database":
      return describe(step.service, "looking after its database", "database ready");
    case "prepare-image":
      return describe(step.image.service, "unpacking image", null);
    case "back-up":
      return describe(step.service, "backing its data up", "backed up");
    case "migrate":
      return describe(step.image.service, "migrating", "migrated");
    case "seed":
      return describe(step.image.service, "writing test data", "test data written");
    case "start":
      return describe(step.instance.service, "starting", null);
    case "await-ready":
      return describe(step.instance.service, "waiting until ready", "ready");
    case "declare-route":
      return describe(step.service, "declaring routes", null);
    case "shift":
      return describe(step.service, "shifting traffic", `traffic on ${step.to.version}`);
    case "probe-front-door":
      return describe(step.instance.service, "looking through the front door", null);
    case "soak":
      return describe("all", `watching for ${step.seconds} s`, "stayed well");
    case "drain":
      return describe(step.service, "finishing requests on the old one", null);
    case "stop":
      return describe(step.service, "stopping the old one", "old one stopped");
    case "remove-route":
      return describe(step.service, "removing its routes", "removed");
    case "announce":
      return describe("gateway", "announcing the set", null);
    case "record":
      return describe("ledger", "recording the set", null);
  }
}

function describe(subject: string, doing: string, done: string | null): StepDescription {
  return { subject, doing, done };
}
