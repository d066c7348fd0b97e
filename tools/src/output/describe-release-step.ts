import type { ReleaseStep } from "../release/release-plan.ts";
import type { StepDescription } from "./describe-step.ts";

/** A step of a release in words: what it is about, what happens, and what then is true. */
// oxlint-disable-next-line complexity -- one line a kind; the compiler finds a forgotten one
export function describeReleaseStep(step: ReleaseStep): StepDescription {
  switch (step.kind) {
    case "write-versions":
      return step.how === "push"
        ? describe(
            "branch",
            "writing the next versions",
            `${count(step.versions, "version")} written`,
          )
        : describe("branch", "writing the version pull request", "version pull request");
    case "build":
      return describe("all", `building ${step.services.join(", ")}`, "images built");
    case "publish":
      return describe(step.service, "sending its image", "image sent");
    case "claim":
      return describe("git server", "claiming the versions", "versions claimed");
    case "tag-image":
      return describe(step.service, "tagging its image", `is ${step.version}`);
    case "write-set":
      return describe("registry", "writing the release set", "release set");
    case "tag-commit":
      return describe("git server", "tagging the commit", count(step.names, "git tag"));
    case "create-release":
      return describe("GitHub", `announcing ${step.name}`, step.name);
    case "move-latest":
      return describe(step.service, "moving latest", "latest");
  }
}

function describe(subject: string, doing: string, done: string): StepDescription {
  return { subject, doing, done };
}

function count({ length }: readonly unknown[], what: string): string {
  return `${length} ${what}${length === 1 ? "" : "s"}`;
}
