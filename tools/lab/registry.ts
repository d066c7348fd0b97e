import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { labFolder } from "./lab-facts.ts";
import { startDetached } from "./start-detached.ts";

/** Debian's docker-registry at this address; gives its process. */
export async function startRegistry(address: string): Promise<number> {
  const folder = join(labFolder, "registry");
  await mkdir(folder, { recursive: true });
  const config = {
    version: "0.1",
    log: { level: "warn" },
    storage: { filesystem: { rootdirectory: join(folder, "data") }, delete: { enabled: true } },
    http: { addr: address },
  };
  const file = join(folder, "config.yml");
  await writeFile(file, JSON.stringify(config));
  return startDetached(["docker-registry", "serve", file], join(folder, "registry.log"));
}
