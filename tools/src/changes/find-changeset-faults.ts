import type { GateFacts } from "./gate-facts.ts";
import { formatChangeset, type ParsedChangeset } from "./parse-changesets.ts";
import type { Finding } from "./verdict.ts";

const exampleReason = "No release needed: say why.";

/** What is wrong with the changesets that a branch adds, and names that nobody has. */
export function findChangesetFaults(
  facts: GateFacts,
  now: readonly ParsedChangeset[],
  added: readonly ParsedChangeset[],
): Finding[] {
  return [
    ...now.flatMap((changeset) => findUnknown(facts, changeset)),
    ...added.flatMap((changeset) => [
      ...findEmpty(changeset),
      ...findUnexplained(changeset),
      ...findUnaffected(facts, changeset),
    ]),
  ];
}

function findUnknown({ head }: GateFacts, { path, releases, summary }: ParsedChangeset): Finding[] {
  const known = head.projects.map(({ name }) => name);
  const right = releases.filter(({ name }) => known.includes(name));
  const content = formatChangeset(right, summary);
  return releases
    .filter(({ name }) => !known.includes(name))
    .map(({ name }) => ({
      code: "PACKAGE_UNKNOWN",
      level: "error",
      subject: name,
      message: `${path} names ${name}, which the workspace does not have. It has ${known.join(", ")}.`,
      write: { path, content },
    }));
}

function findEmpty({ path, releases }: ParsedChangeset): Finding[] {
  if (releases.length > 0) return [];
  const message = `${path} names no package, so it covers nothing.`;
  return [{ code: "CHANGESET_EMPTY", level: "warning", subject: path, message, write: null }];
}

function findUnexplained({ path, releases, summary }: ParsedChangeset): Finding[] {
  const waived = releases.filter(({ type }) => type === "none").map(({ name }) => name);
  if (waived.length === 0 || summary !== "") return [];
  return [
    {
      code: "WAIVER_UNEXPLAINED",
      level: "error",
      subject: path,
      message: `${path} says that ${waived.join(", ")} needs no release, but not why.`,
      write: { path, content: formatChangeset(releases, exampleReason) },
    },
  ];
}

function findUnaffected(facts: GateFacts, { path, releases }: ParsedChangeset): Finding[] {
  return releases
    .filter(({ name }) => isUnaffected(facts, name))
    .map(({ name }) => ({
      code: "PACKAGE_UNAFFECTED",
      level: facts.unaffected,
      subject: name,
      message: `${path} names ${name}, which this branch does not change.`,
      write: null,
    }));
}

/** A service counts as changed when its image is another one, everything else when a file of it is. */
function isUnaffected({ head, affected, changed }: GateFacts, name: string): boolean {
  const project = head.projects.find((each) => each.name === name);
  if (project === undefined) return false;
  return project.kind === "service"
    ? !affected.some(({ packageName }) => packageName === name)
    : !changed.some((file) => file.startsWith(`${project.folder}/`));
}
