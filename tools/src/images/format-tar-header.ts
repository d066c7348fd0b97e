/** What a header says of an entry; a file's content follows it. */
export type TarHeaderFacts =
  | { kind: "file"; path: string; content: Uint8Array; executable?: boolean }
  | { kind: "directory"; path: string }
  | { kind: "symlink"; path: string; target: string };

const typeFlags = { file: "0", symlink: "2", directory: "5" } as const;
const modes = { file: 0o644, symlink: 0o777, directory: 0o755 } as const;
const blockBytes = 512;
const maxNameBytes = 100;
const maxPrefixBytes = 155;

/** The ustar header block, after a pax header where the path or target does not fit into one. */
export function formatTarHeader(entry: TarHeaderFacts): Uint8Array {
  const target = entry.kind === "symlink" ? entry.target : "";
  const split = splitPath(entry.path);
  const header = formatBlock({
    ...(split ?? { name: cut(entry.path), prefix: "" }),
    target: fits(target, maxNameBytes) ? target : cut(target),
    mode: planMode(entry),
    sizeBytes: entry.kind === "file" ? entry.content.byteLength : 0,
    typeFlag: typeFlags[entry.kind],
  });
  const records = [
    ...(split === null ? [formatPaxRecord("path", entry.path)] : []),
    ...(fits(target, maxNameBytes) ? [] : [formatPaxRecord("linkpath", target)]),
  ];
  return records.length === 0 ? header : Buffer.concat([formatPax(records.join("")), header]);
}

function planMode(entry: TarHeaderFacts): number {
  return entry.kind === "file" && entry.executable === true ? 0o755 : modes[entry.kind];
}

/** Null when the path needs a pax header: not ASCII, or no slash where it could be split. */
function splitPath(path: string): { name: string; prefix: string } | null {
  if (fits(path, maxNameBytes)) {
    return { name: path, prefix: "" };
  }
  const earliest = path.length - maxNameBytes - 1;
  const slash = path.indexOf("/", Math.max(earliest, 1));
  const prefix = path.slice(0, slash);
  const name = path.slice(slash + 1);
  const isPossible = slash > 0 && name !== "" && isAscii(path) && prefix.length <= maxPrefixBytes;
  return isPossible ? { name, prefix } : null;
}

function fits(text: string, maxBytes: number): boolean {
  return isAscii(text) && text.length <= maxBytes;
}

function isAscii(text: string): boolean {
  return /^[\x20-\x7e]*$/u.test(text);
}

/** A stand-in for readers that do not know pax headers. */
function cut(text: string): string {
  return text.replaceAll(/[^\x20-\x7e]/gu, "_").slice(0, maxNameBytes);
}

function formatPax(records: string): Uint8Array {
  const content = Buffer.from(records);
  const header = formatBlock({
    name: "PaxHeader",
    prefix: "",
    target: "",
    mode: 0o644,
    sizeBytes: content.byteLength,
    typeFlag: "x",
  });
  const padding = Buffer.alloc((blockBytes - (content.byteLength % blockBytes)) % blockBytes);
  return Buffer.concat([header, content, padding]);
}

/** `<length> <key>=<value>\n`, where the length counts itself. */
function formatPaxRecord(key: string, value: string): string {
  const rest = Buffer.byteLength(` ${key}=${value}\n`);
  const guess = rest + String(rest).length;
  const length = rest + String(guess).length;
  return `${length} ${key}=${value}\n`;
}

interface BlockFacts {
  name: string;
  prefix: string;
  target: string;
  mode: number;
  sizeBytes: number;
  typeFlag: string;
}

function formatBlock(facts: BlockFacts): Uint8Array {
  const block = Buffer.alloc(blockBytes);
  block.write(facts.name, 0);
  block.write(octal(facts.mode, 7), 100);
  block.write(octal(0, 7), 108);
  block.write(octal(0, 7), 116);
  block.write(octal(facts.sizeBytes, 11), 124);
  block.write(octal(0, 11), 136);
  block.write(" ".repeat(8), 148);
  block.write(facts.typeFlag, 156);
  block.write(facts.target, 157);
  block.write("ustar\u000000", 257);
  block.write(octal(0, 7), 329);
  block.write(octal(0, 7), 337);
  block.write(facts.prefix, 345);
  const checksum = block.reduce((sum, byte) => sum + byte, 0);
  block.write(`${octal(checksum, 6)}\0 `, 148);
  return block;
}

function octal(value: number, digits: number): string {
  return value.toString(8).padStart(digits, "0");
}
