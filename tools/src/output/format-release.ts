import type { ReleaseResult } from "../release/run-release.ts";
import { formatDuration } from "./format-duration.ts";

/** The last lines of a release, for people. */
export function formatRelease(result: ReleaseResult, durationMs: number): string {
  const { plan, steps, versionRequest } = result;
  const request = versionRequest === null ? [] : [`Merge to release more: ${versionRequest}`];
  if (steps.length === 0) {
    const count = plan.services.length;
    const all = `all ${count} service${count === 1 ? "" : "s"} of ${plan.branch}`;
    return `Nothing to release: ${all} are where they should be (${formatDuration(durationMs)}).`;
  }
  const released = steps.filter(({ kind }) => kind === "tag-image").length;
  const what = `${released} service${released === 1 ? "" : "s"}`;
  return [
    "",
    `Released ${what} in ${formatDuration(durationMs)}. Deploy with: npx nx run tools:deploy --env=staging`,
    ...request,
  ].join("\n");
}

/** The same for machines; fields may be added, never changed. */
export function describeRelease(result: ReleaseResult, durationMs: number) {
  const { plan, steps, commit, set, sentBytes, versionRequest } = result;
  const services = Object.entries(set?.services ?? {}).map(([name, { version, digest }]) => ({
    name,
    version,
    digest,
    isNew: steps.some((step) => step.kind === "tag-image" && step.service === name),
  }));
  return {
    type: "release",
    version: 1,
    outcome: steps.length === 0 ? "no change" : "released",
    branch: plan.branch,
    commit,
    set: set?.id ?? null,
    services,
    steps: steps.length,
    sentBytes,
    versionRequest,
    durationMs,
  };
}
