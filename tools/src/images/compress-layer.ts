import { promisify } from "node:util";
import { gzip } from "node:zlib";

const runGzip = promisify(gzip);

/** How layers are compressed; part of the name under which the cache keeps them. */
export const codec = "gzip-6";

const osByte = 9;
const osUnknown = 255;

/** Gzip with a header that is the same on every machine: no name, no time, operating system unknown. */
export async function compressLayer(tar: Uint8Array): Promise<Uint8Array> {
  const compressed = await runGzip(tar, { level: 6, memLevel: 8 });
  compressed[osByte] = osUnknown;
  return compressed;
}
