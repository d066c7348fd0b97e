export interface Score {
  /** Of the services named, the share that is truly affected. */
  precision: number;
  /** Of the services truly affected, the share that was named. */
  recall: number;
}

/** Naming nothing when nothing is affected is right in both senses. */
export function score(named: readonly string[], truth: readonly string[]): Score {
  const hits = named.filter((service) => truth.includes(service)).length;
  return {
    precision: named.length === 0 ? 1 : hits / named.length,
    recall: truth.length === 0 ? 1 : hits / truth.length,
  };
}
