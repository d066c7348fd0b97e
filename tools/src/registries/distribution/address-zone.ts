import { BlockList, isIP } from "node:net";

export type AddressZone = "public" | "private" | "loopback" | "link-local";

const zones: readonly [AddressZone, BlockList][] = [
  ["loopback", listNetworks(["127.0.0.0/8", "::1/128"])],
  ["link-local", listNetworks(["169.254.0.0/16", "fe80::/10"])],
  [
    "private",
    listNetworks([
      "0.0.0.0/8",
      "10.0.0.0/8",
      "100.64.0.0/10",
      "172.16.0.0/12",
      "192.0.0.0/24",
      "192.168.0.0/16",
      "198.18.0.0/15",
      "224.0.0.0/3",
      "::/128",
      "64:ff9b::/96",
      "fc00::/7",
      "fec0::/10",
      "ff00::/8",
    ]),
  ],
];

/** Where an IP address lies; IPv6 may stand in brackets. */
export function readZone(address: string): AddressZone {
  const bare = unwrap(address);
  const family = isIP(bare) === 6 ? "ipv6" : "ipv4";
  return zones.find(([, list]) => list.check(bare, family))?.[0] ?? "public";
}

/** Whether a URL's host is this machine by name or address, without asking DNS. */
export function isLoopbackHost(hostname: string): boolean {
  return hostname === "localhost" || (isAddress(hostname) && readZone(hostname) === "loopback");
}

export function isAddress(hostname: string): boolean {
  return isIP(unwrap(hostname)) !== 0;
}

function unwrap(hostname: string): string {
  return hostname.replace(/^\[|\]$/gu, "");
}

function listNetworks(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = "", bits] = network.split("/");
    list.addSubnet(address, Number(bits), isIP(address) === 6 ? "ipv6" : "ipv4");
  }
  return list;
}
