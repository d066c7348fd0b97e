import { randomBytes } from "node:crypto";

import Type, { type Static } from "typebox";

import type { EngineClient } from "../../engine/engine-client.ts";
import { pickAddress, planEngineRange } from "./pick-address.ts";
import { type ComposePlace, containerLabels, containerName, networkNames } from "./plan-project.ts";

const Network = Type.Object({
  IPAM: Type.Object({
    Config: Type.Array(
      Type.Object({ Subnet: Type.String(), IPRange: Type.Optional(Type.String()) }),
    ),
  }),
});

/** What the services' network has, for the fixed project. */
export interface NetworkRange {
  subnet: string;
  /** Of it, what the engine gives away by itself. */
  ip_range: string;
}

/**
 * A network that is free on this host, as the engine chooses it. It must be said in so many words: only then do
 * containers get addresses that they keep when the engine or the host starts anew.
 */
export async function chooseNetwork(
  engine: EngineClient,
  place: ComposePlace,
): Promise<NetworkRange | null> {
  const known = await readNetwork(engine, networkNames(place).services);
  if (known !== null) return known.IPRange === undefined ? null : asRange(known.Subnet);
  const name = `slipway-try-${randomBytes(4).toString("hex")}`;
  await engine.send({ method: "POST", path: "/networks/create", body: { Name: name } });
  try {
    const free = await readNetwork(engine, name);
    return free === null ? null : asRange(free.Subnet);
  } finally {
    await engine.send({ method: "DELETE", path: `/networks/${name}` });
  }
}

function asRange(subnet: string): NetworkRange {
  return { subnet, ip_range: planEngineRange(subnet) };
}

async function readNetwork(engine: EngineClient, name: string) {
  const network = await engine.call(Network, { path: `/networks/${name}` });
  return network?.IPAM.Config[0] ?? null;
}

const Addressed = Type.Object({
  NetworkSettings: Type.Object({
    Networks: Type.Record(
      Type.String(),
      Type.Object({
        IPAMConfig: Type.Optional(
          Type.Union([Type.Null(), Type.Object({ IPv4Address: Type.Optional(Type.String()) })]),
        ),
      }),
    ),
  }),
});
const Listed = Type.Array(Addressed);

/**
 * The address that an instance has for as long as it exists, also while it does not run: the gateway knows it by this.
 * Null where the network is an older one, whose containers change addresses with every start.
 */
export async function chooseAddress(
  engine: EngineClient,
  place: ComposePlace,
  id: string,
): Promise<string | null> {
  const network = networkNames(place).services;
  const path = `/containers/${encodeURIComponent(containerName(place, id))}/json`;
  const existing = await engine.call(Addressed, { path });
  if (existing !== null) return addressOf(existing, network);
  const range = await readNetwork(engine, network);
  if (range?.IPRange === undefined) return null;
  const filters = { label: [`${containerLabels.environment}=${place.environment}`] };
  const query = encodeURIComponent(JSON.stringify(filters));
  const listed = await engine.call(Listed, { path: `/containers/json?all=1&filters=${query}` });
  const taken = (listed ?? []).flatMap((one) => addressOf(one, network) ?? []);
  return pickAddress(range.Subnet, id, new Set(taken));
}

function addressOf(container: Static<typeof Addressed>, network: string): string | null {
  return container.NetworkSettings.Networks[network]?.IPAMConfig?.IPv4Address ?? null;
}
