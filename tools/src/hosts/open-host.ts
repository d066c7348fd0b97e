import { join } from "node:path";

import type { Host } from "./host.ts";
import { createLocalHost } from "./local-host.ts";
import type { HostSettings } from "./platform.ts";
import { openSshHost } from "./ssh-host.ts";

const defaultFolder = "/var/lib/slipway";

/** This machine, or one reached by SSH; its folder is the environment's. Throws HOST_UNREACHABLE and its like. */
export async function openHost(settings: HostSettings, environment: string): Promise<Host> {
  const { name, ssh } = settings;
  const folder = join(settings.folder ?? defaultFolder, environment);
  if (ssh === undefined) return createLocalHost({ name, folder });
  return openSshHost({ ...settings, address: ssh }, folder);
}
