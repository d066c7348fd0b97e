import type { ObservedInstance, ProbeAnswer } from "./runtime.ts";

/** One instance on several hosts runs when it runs on each of them. */
export function mergeInstances(
  lists: readonly (readonly ObservedInstance[])[],
): readonly ObservedInstance[] {
  const ids = new Set(lists.flat().map(({ id }) => id));
  return [...ids]
    .toSorted((left, right) => left.localeCompare(right))
    .flatMap((id) => mergeCopies(lists.map((list) => list.find((one) => one.id === id))));
}

function mergeCopies(
  copies: readonly (ObservedInstance | undefined)[],
): readonly ObservedInstance[] {
  const found = copies.flatMap((copy) => (copy === undefined ? [] : [copy]));
  const [first] = found;
  if (first === undefined) return [];
  const restarts = found.reduce((sum, copy) => sum + copy.restarts, 0);
  const broken = found.find(({ state }) => state !== "running");
  if (broken !== undefined) return [{ ...broken, restarts }];
  if (found.length === copies.length) return [{ ...first, restarts }];
  // Started on some hosts only: where it is missing it has ended, as far as traffic is concerned.
  return [{ ...first, restarts, state: "exited", address: null, pid: null }];
}

export interface HostAnswer {
  host: string;
  answer: ProbeAnswer | null;
}

/** One answer for all hosts: the worst; and none that could be taken for the right one when they say different things. */
export function mergeAnswers(answers: readonly HostAnswer[]): ProbeAnswer | null {
  const [first] = answers;
  if (first === undefined || answers.some(({ answer }) => answer === null)) return null;
  const bad = answers.find(({ answer }) => answer?.status !== 200);
  if (bad !== undefined) return bad.answer;
  const isSame = answers.every(({ answer }) => identityOf(answer) === identityOf(first.answer));
  if (isSame || first.answer === null) return first.answer;
  const body = answers
    .map(({ host, answer }) => `${host}: ${answer?.body.slice(0, 200)}`)
    .join("\n");
  return { ...first.answer, body };
}

/** What must be the same on all hosts; times and counters may differ. */
function identityOf(answer: ProbeAnswer | null): string {
  const named = /"(?:version|image_digest)":\s*"[^"]*"/gu;
  return (answer?.body.match(named) ?? []).toSorted().join(",");
}
