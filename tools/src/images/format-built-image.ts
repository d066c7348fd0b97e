import type { BuiltImage } from "./built-image.ts";

/** One line for people: what came out, how big, and why it was built. */
export function formatBuiltImage(image: BuiltImage): string {
  const name = `${image.service}@${image.version}`.padEnd(18);
  const digest = image.digest.slice(0, "sha256:".length + 12);
  return `${name} ${digest} ${formatSize(image.sizeBytes).padStart(8)}  ${image.reason}`;
}

/** `842 B`, `12 kB`, `3.4 MB`: decimal, as registries count. */
function formatSize(sizeBytes: number): string {
  if (sizeBytes < 1000) {
    return `${sizeBytes} B`;
  }
  return sizeBytes < 1_000_000
    ? `${Math.round(sizeBytes / 1000)} kB`
    : `${(sizeBytes / 1_000_000).toFixed(1)} MB`;
}
