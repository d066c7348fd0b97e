import type { RehearsalFacts } from "./rehearsal-facts.ts";

export type Age = "old" | "new" | "unchanged";

export interface Pair {
  consumer: string;
  consumerAge: Age;
  provider: string;
  providerAge: Age;
}

/** Pairs that face each other once `advanced` services are the candidate's; those that the change leaves alone are not listed. */
export function listPairs(facts: RehearsalFacts, advanced: readonly string[]): readonly Pair[] {
  const names = new Set([...Object.keys(facts.old), ...Object.keys(facts.candidate)]);
  return [...names].toSorted().flatMap((consumer) => {
    const consumerAge = ageOf(consumer, facts, advanced);
    const providers = findNeeds(consumer, facts, advanced) ?? [];
    return providers
      .filter((provider) => findNeeds(provider, facts, advanced) !== undefined)
      .map((provider) => ({
        consumer,
        consumerAge,
        provider,
        providerAge: ageOf(provider, facts, advanced),
      }))
      .filter((pair) => pair.consumerAge !== "unchanged" || pair.providerAge !== "unchanged");
  });
}

/** Undefined while the service is not there. */
function findNeeds(
  service: string,
  facts: RehearsalFacts,
  advanced: readonly string[],
): readonly string[] | undefined {
  return (advanced.includes(service) ? facts.candidate : facts.old)[service];
}

function ageOf(service: string, { changed }: RehearsalFacts, advanced: readonly string[]): Age {
  if (!changed.includes(service)) return "unchanged";
  return advanced.includes(service) ? "new" : "old";
}
