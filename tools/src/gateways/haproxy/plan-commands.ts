import { nobody } from "./format-config.ts";
import { type GatewayFacts, poolName, type Slot, slotNames } from "./gateway-facts.ts";
import { parseAddress } from "./parse-address.ts";
import type { ObservedServer } from "./parse-observed.ts";

/**
 * What to tell a worker so that its servers become as the facts say. An instance gets traffic before the one before it
 * loses it, and no server changes its address while it takes new requests.
 */
export function planServerCommands(
  facts: GatewayFacts,
  observed: ReadonlyMap<string, ObservedServer>,
): string[] {
  const changes = facts.pools.flatMap(({ slots }, index) =>
    slotNames.flatMap((name) => {
      const server = `${poolName(index)}/${name}`;
      const found = observed.get(server);
      return found === undefined ? [] : [planChange(server, wish(slots[name]), found)];
    }),
  );
  return [
    ...changes.flatMap(({ retreat }) => retreat),
    ...changes.flatMap(({ address }) => address),
    ...changes.flatMap(({ rise }) => rise),
    ...changes.flatMap(({ fall }) => fall),
  ];
}

interface Change {
  /** Leaves service first, because its address changes. */
  retreat: string[];
  address: string[];
  rise: string[];
  fall: string[];
}

function planChange(server: string, wanted: ObservedServer, found: ObservedServer): Change {
  const moves = wanted.host !== found.host || wanted.port !== found.port;
  const retreats = moves && found.state === "ready";
  const before = retreats ? "drain" : found.state;
  const turns = wanted.state === before ? [] : [`set server ${server} state ${wanted.state}`];
  return {
    retreat: retreats ? [`set server ${server} state drain`] : [],
    address: moves ? [`set server ${server} addr ${wanted.host} port ${wanted.port}`] : [],
    rise: wanted.state === "ready" ? turns : [],
    fall: wanted.state === "ready" ? [] : turns,
  };
}

function wish(slot: Slot | null): ObservedServer {
  if (slot === null) return { ...nobody, state: "maint" };
  return { ...parseAddress(slot.address), state: slot.isActive ? "ready" : "drain" };
}
