import { resolve } from "node:path";

import { locateBinaries } from "./locate-binaries.ts";
import { removeStalePidFile } from "./running-server.ts";
import { serverEnvironment } from "./server-environment.ts";
import { resolveServerUser } from "./server-user.ts";

export interface ServerOptions {
  dataFolder: string;
  port: number;
  /** Without one the server has no unix socket at all. */
  socketFolder?: string;
  /** Further settings, as in postgresql.conf. */
  settings?: Readonly<Record<string, string | number | boolean>>;
}

/** What to spawn for a server in the foreground; it ends on SIGINT (fast) or SIGTERM (waits for clients). */
export interface ServerProcess {
  command: string;
  args: string[];
  cwd: string;
  env: Record<string, string>;
  uid?: number;
  gid?: number;
}

/**
 * For supervisors that spawn the server themselves. Removes a pid file that a killed server left behind,
 * and fails when a server runs on this data folder already.
 */
export async function prepareServerProcess(options: ServerOptions): Promise<ServerProcess> {
  const user = await resolveServerUser();
  const { postgres } = await locateBinaries(user);
  await removeStalePidFile(options.dataFolder);
  return {
    command: postgres,
    args: planServerArguments(options),
    cwd: "/",
    env: serverEnvironment(),
    ...(user === null ? {} : { uid: user.uid, gid: user.gid }),
  };
}

function planServerArguments(options: ServerOptions): string[] {
  const settings = {
    ...options.settings,
    listen_addresses: "127.0.0.1",
    unix_socket_directories: options.socketFolder ?? "",
    timezone: "UTC",
    log_timezone: "UTC",
  };
  return [
    "-D",
    resolve(options.dataFolder),
    "-p",
    String(options.port),
    ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]),
  ];
}
