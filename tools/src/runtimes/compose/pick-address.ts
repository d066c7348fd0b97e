import { createHash } from "node:crypto";

interface Range {
  start: number;
  size: number;
}

/** Lower half of a network, where the engine itself gives addresses to the gateway and to tasks. */
export function planEngineRange(subnet: string): string {
  const [base = "", prefix = ""] = subnet.split("/");
  return `${base}/${Number(prefix) + 1}`;
}

/** An address in the upper half that nobody has, the same for the same id as long as it is free. */
export function pickAddress(subnet: string, id: string, taken: ReadonlySet<string>): string | null {
  const { start, size } = findUpperHalf(subnet);
  const first = createHash("sha256").update(id).digest().readUInt32BE() % size;
  for (let offset = 0; offset < size; offset += 1) {
    const address = formatAddress(start + ((first + offset) % size));
    if (!taken.has(address)) return address;
  }
  return null;
}

/** Without its last address, which is that of all. */
function findUpperHalf(subnet: string): Range {
  const [base = "", prefix = ""] = subnet.split("/");
  const half = 2 ** (31 - Number(prefix));
  return { start: parseAddress(base) + half, size: half - 1 };
}

function parseAddress(address: string): number {
  return address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
}

function formatAddress(number: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join(".");
}
