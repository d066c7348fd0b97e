/** Services by name with the names they need. */
export type Needs = Readonly<Record<string, readonly string[]>>;

/**
 * Groups services so that each comes after all it needs. Services that need each other in a circle share a
 * wave. Within a wave the order is alphabetical, so that the same needs always give the same waves.
 */
export function orderWaves(needs: Needs): readonly (readonly string[])[] {
  const reach = new Map(Object.keys(needs).map((name) => [name, listReachable(name, needs)]));
  const depths = new Map<string, number>();
  for (const name of reach.keys()) measureDepth(name, reach, depths);
  const waves: string[][] = [];
  for (const name of [...reach.keys()].toSorted()) (waves[depths.get(name) ?? 0] ??= []).push(name);
  return waves.filter((wave) => wave.length > 0);
}

function listReachable(from: string, needs: Needs): ReadonlySet<string> {
  const found = new Set<string>();
  const open = [from];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    for (const needed of needs[name] ?? []) {
      if (found.has(needed) || needs[needed] === undefined) continue;
      found.add(needed);
      open.push(needed);
    }
  }
  return found;
}

type Reach = ReadonlyMap<string, ReadonlySet<string>>;

/** Longest way down, where a circle counts as one. */
function measureDepth(name: string, reach: Reach, depths: Map<string, number>): number {
  const known = depths.get(name);
  if (known !== undefined) return known;
  const reachable = [...(reach.get(name) ?? [])];
  const below = reachable.filter((other) => reach.get(other)?.has(name) !== true);
  const circleDepths = below.map((other) => measureDepth(other, reach, depths) + 1);
  const depth = Math.max(0, ...circleDepths);
  depths.set(name, depth);
  return depth;
}
