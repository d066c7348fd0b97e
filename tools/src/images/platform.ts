import type { Platform } from "../workspace/plan-closure.ts";

/**
 * What images are built for. With a base they run in containers, so on Linux; without one they run as plain
 * processes of this machine, whatever it is.
 */
export function readPlatform(isEmbedded: boolean): Platform {
  const os = isEmbedded ? process.platform : "linux";
  const isMusl = os === "linux" && process.platform === "linux" && !hasGlibc();
  return { os, cpu: process.arch, libc: isMusl ? "musl" : "glibc" };
}

function hasGlibc(): boolean {
  const report: unknown = process.report.getReport();
  const header = typeof report === "object" && report !== null && Reflect.get(report, "header");
  return typeof header === "object" && header !== null && "glibcVersionRuntime" in header;
}

/** OCI's word for npm's: `x64` is `amd64`. */
export function formatArchitecture(cpu: string): string {
  return cpu === "x64" ? "amd64" : cpu;
}

/** OCI's word for npm's: `win32` is `windows`. */
export function formatSystem(os: string): string {
  return os === "win32" ? "windows" : os;
}
