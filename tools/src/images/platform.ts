import type { Platform } from "../workspace/plan-closure.ts";

/** What images are built for: this machine's processor. */
export function readHostPlatform(): Platform {
  return { os: "linux", cpu: process.arch, libc: "glibc" };
}

/** OCI's word for npm's: `x64` is `amd64`. */
export function formatArchitecture(cpu: string): string {
  return cpu === "x64" ? "amd64" : cpu;
}
