import { access, readFile } from "node:fs/promises";

/** Why this machine can't have a lab, in one sentence; null when it can. */
export async function findHindrance(): Promise<string | null> {
  if (process.platform !== "linux") return "The lab needs Linux.";
  if (process.getuid?.() !== 0)
    return "The lab makes networks and starts engines, so it needs root.";
  const release = await readFile("/etc/os-release", "utf8").catch(() => "");
  if (!/^ID=debian$/mu.test(release))
    return "The lab is made from Debian's packages, so it needs Debian.";
  const hasSsh = await access("/usr/bin/ssh").then(
    () => true,
    () => false,
  );
  return hasSsh ? null : "The lab needs ssh. Install it: apt-get install openssh-client";
}
