import { lookup as askDns, type LookupAddress } from "node:dns";
import type { LookupFunction } from "node:net";

import { SlipwayError } from "../../errors.ts";
import { isAddress, isLoopbackHost, readZone, type AddressZone } from "./address-zone.ts";

export interface Target {
  url: URL;
  /** Registry that names the target. */
  registry: URL;
  /** What the target is for: "A redirect", "The token service". */
  what: string;
  zones: readonly AddressZone[];
}

/**
 * Refuses what a registry must not make us call: plain HTTP, and other hosts inside this network. Answers the look-up
 * to connect with, so that the address checked is the address called.
 */
export function guardTarget(target: Target): LookupFunction | undefined {
  const { url, registry, what } = target;
  const isBothHere = isLoopbackHost(url.hostname) && isLoopbackHost(registry.hostname);
  if (url.protocol !== "https:" && !(url.protocol === "http:" && isBothHere)) {
    throw refuse(target, `${what} leads to ${url.protocol}//${url.host}, which is not HTTPS`);
  }
  if (isBothHere || url.hostname === registry.hostname) {
    return undefined;
  }
  if (isAddress(url.hostname)) {
    requireZones(target, [url.hostname]);
  }
  return (hostname, options, callback) => {
    askDns(hostname, { ...options, all: true }, (error, found) => {
      const fault = error ?? findFault(target, found);
      const [first] = found ?? [];
      if (fault !== null || first === undefined) {
        callback(fault ?? new Error(`${hostname} has no address`), "", 4);
      } else if (options.all === true) {
        callback(null, found);
      } else {
        callback(null, first.address, first.family);
      }
    });
  };
}

function findFault(target: Target, found: readonly LookupAddress[]): Error | null {
  try {
    requireZones(
      target,
      found.map(({ address }) => address),
    );
    return null;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

function requireZones(target: Target, addresses: readonly string[]): void {
  const wrong = addresses.find((address) => !target.zones.includes(readZone(address)));
  if (wrong !== undefined) {
    const zone = readZone(wrong);
    throw refuse(target, `${target.what} leads to ${target.url.host}, a ${zone} address`);
  }
}

function refuse({ registry }: Target, fault: string): SlipwayError {
  return new SlipwayError(
    "REGISTRY_UNSAFE",
    `${fault}; the registry ${registry.host} asked for it.`,
    {
      hint: "Nothing was sent there. Use a registry that serves its content by HTTPS itself or from a public host.",
    },
  );
}
