export { findFreePort } from "./find-free-port.ts";
export { chooseDataFolder, initialiseCluster, isClusterInitialised } from "./initialise-cluster.ts";
export {
  prepareServerProcess,
  type ServerOptions,
  type ServerProcess,
} from "./prepare-server-process.ts";
export { generatePassword } from "./generate-password.ts";
export { readRunningServer, type RunningServer } from "./running-server.ts";
export { startServer, type PostgresServer, type StartOptions } from "./start-server.ts";
export { stopServer } from "./stop-server.ts";
export { waitUntilReady } from "./wait-until-ready.ts";
