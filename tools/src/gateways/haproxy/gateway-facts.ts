import Type, { type Static } from "typebox";

import { Route } from "../../workspace/service-manifest.ts";

/** One of the two places of a service behind HAProxy: the instance that takes new requests, or one that drains. */
const Slot = Type.Object({
  instance: Type.String(),
  /** IP address and port. */
  address: Type.String(),
  isActive: Type.Boolean(),
});

/** A backend of HAProxy: declared ahead, given to a service when there is one. */
const Pool = Type.Object({
  service: Type.Union([Type.String(), Type.Null()]),
  routes: Type.Array(Route),
  slots: Type.Object({
    a: Type.Union([Slot, Type.Null()]),
    b: Type.Union([Slot, Type.Null()]),
  }),
});

/** What the gateway does at the moment, as it is written down before it is done. */
export const GatewayFacts = Type.Object({
  version: Type.Literal(1),
  /** Highest epoch of a lock that has changed the gateway. */
  epoch: Type.Integer(),
  pools: Type.Array(Pool),
  /** JSON text that the front door answers at `/.well-known/release-set`. */
  announced: Type.Union([Type.String(), Type.Null()]),
  maintenance: Type.Union([Type.Object({ message: Type.String() }), Type.Null()]),
  /** Lets a request through while there is maintenance. */
  pass: Type.String(),
});

export type Slot = Static<typeof Slot>;
export type Pool = Static<typeof Pool>;
export type GatewayFacts = Static<typeof GatewayFacts>;
export type SlotName = "a" | "b";

export const slotNames: readonly SlotName[] = ["a", "b"];

const poolsAtOnce = 8;
export const emptyPool: Pool = { service: null, routes: [], slots: { a: null, b: null } };

export function createFacts(pass: string): GatewayFacts {
  return {
    version: 1,
    epoch: 0,
    pools: createPools(),
    announced: null,
    maintenance: null,
    pass,
  };
}

export function createPools(): Pool[] {
  return Array.from({ length: poolsAtOnce }, () => emptyPool);
}

export function poolName(index: number): string {
  return `pool${String(index).padStart(2, "0")}`;
}

/** Services alone, with the number of their pool. */
export function listServices({ pools }: GatewayFacts) {
  return pools.flatMap(({ service, routes, slots }, index) =>
    service === null ? [] : [{ service, routes, slots, pool: poolName(index) }],
  );
}
