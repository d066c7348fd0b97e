import { createRequire } from "node:module";

/** `rolldown 1.2.19` */
export function readBundlerVersion(): string {
  const manifest: unknown = createRequire(import.meta.url)("rolldown/package.json");
  const hasVersion = typeof manifest === "object" && manifest !== null && "version" in manifest;
  return hasVersion ? `rolldown ${String(manifest.version)}` : "rolldown";
}
