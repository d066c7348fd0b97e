import { findChangesetFaults } from "./find-changeset-faults.ts";
import { findConfigFaults } from "./find-config-faults.ts";
import { findLostIntents } from "./find-lost-intents.ts";
import type { GateFacts, GateSide } from "./gate-facts.ts";
import {
  isAtLeast,
  isSameChangeset,
  parseChangesets,
  type ParsedChangeset,
} from "./parse-changesets.ts";
import { parsePreMode } from "./parse-pre-mode.ts";
import { planVersions, versionPattern } from "./plan-versions.ts";
import { suggestChangeset } from "./suggest-changeset.ts";
import type { Finding, NextVersion, Verdict } from "./verdict.ts";

/**
 * Whether each service whose image changes is released by a changeset of this branch or waived by one that
 * names it and says why. The same facts give the same verdict.
 */
export function planGate(facts: GateFacts): Verdict {
  const { base, head } = facts;
  const before = parseChangesets(base.changesets).changesets;
  const { changesets: now, findings: invalid } = parseChangesets(head.changesets);
  const added = listAdded(before, now);
  const planned = planBoth(head, now, added);
  const affected = coverServices(facts, planned, added);
  const findings = [
    ...findConfigFaults(head),
    ...findMissingVersions(head),
    ...invalid,
    ...planned.findings,
    ...findChangesetFaults(facts, now, added),
    ...findLostIntents({ before, now, added, base, head }),
    ...findUncovered(facts, affected),
  ];
  return {
    isCovered: findings.every(({ level }) => level !== "error"),
    base: facts.baseCommit,
    reverted: facts.reverted,
    affected,
    versions: planned.all,
    findings,
  };
}

/** What the branch says itself: new files, and what it says more in files that were there. */
function listAdded(
  before: readonly ParsedChangeset[],
  now: readonly ParsedChangeset[],
): ParsedChangeset[] {
  return now.flatMap((changeset) => {
    const earlier = before.find((each) => isSameChangeset(each, changeset));
    if (earlier === undefined) return [changeset];
    const releases = changeset.releases.filter(
      ({ name, type }) =>
        !earlier.releases.some((each) => each.name === name && isAtLeast(each.type, type)),
    );
    return releases.length === 0 ? [] : [{ ...changeset, releases }];
  });
}

interface Planned {
  all: readonly NextVersion[];
  /** Only by what the branch adds. */
  own: readonly NextVersion[];
  findings: readonly Finding[];
}

function planBoth(
  head: GateSide,
  now: readonly ParsedChangeset[],
  added: readonly ParsedChangeset[],
): Planned {
  const { state, findings } = parsePreMode(head.pre);
  try {
    return {
      all: planVersions(head, now, state),
      // Leaving pre mode releases everything; what the branch itself says must not lean on that.
      own: planVersions(head, added),
      findings,
    };
  } catch (error) {
    const [reason = ""] = (error instanceof Error ? error.message : String(error)).split("\n");
    const file = ".changeset/config.json";
    const message = `Next versions can't be planned: ${reason}`;
    const finding: Finding = {
      code: "CONFIG_INVALID",
      level: "error",
      subject: file,
      message,
      write: null,
    };
    return { all: [], own: [], findings: [...findings, finding] };
  }
}

function coverServices(
  { affected }: GateFacts,
  { all, own }: Planned,
  added: readonly ParsedChangeset[],
): Verdict["affected"] {
  const released = new Set(own.map(({ packageName }) => packageName));
  const waived = new Set(
    added
      .filter(({ summary }) => summary !== "")
      .flatMap(({ releases }) => releases.filter(({ type }) => type === "none"))
      .map(({ name }) => name),
  );
  return affected.map((service) => ({
    ...service,
    cover: findCover(service.packageName, released, waived),
    nextVersion: all.find(({ packageName }) => packageName === service.packageName)?.to ?? null,
  }));
}

function findCover(name: string, released: ReadonlySet<string>, waived: ReadonlySet<string>) {
  if (released.has(name)) return "release" as const;
  return waived.has(name) ? ("waiver" as const) : null;
}

function findUncovered({ baseCommit }: GateFacts, affected: Verdict["affected"]): Finding[] {
  const uncovered = affected.filter(({ cover }) => cover === null);
  const packageNames = uncovered.map(({ packageName }) => packageName);
  const write = suggestChangeset({ packageNames, baseCommit });
  return uncovered.map(({ packageName, reasons }) => ({
    code: "SERVICE_UNCOVERED",
    level: "error",
    subject: packageName,
    message: `The image of ${packageName} changes (${reasons[0]?.chain.join(" → ") ?? ""}), and no changeset of this branch names it.`,
    write,
  }));
}

function findMissingVersions({ projects }: GateSide): Finding[] {
  return projects
    .filter(
      ({ manifest: { version } }) => typeof version !== "string" || !versionPattern.test(version),
    )
    .map(({ name, folder, manifest }) => ({
      code: "VERSION_MISSING",
      level: "error",
      subject: name,
      message: `${folder}/package.json has no version like 0.1.0, so changesets would leave ${name} out.`,
      write: {
        path: `${folder}/package.json`,
        content: `${JSON.stringify({ ...manifest, version: "0.1.0" }, null, 2)}\n`,
      },
    }));
}
