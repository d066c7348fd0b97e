import { join } from "node:path";

import Type from "typebox";

import { createEngineClient } from "../engine/engine-client.ts";
import { createContainerHaproxy } from "../gateways/haproxy/container-haproxy.ts";
import { openHaproxyGateway } from "../gateways/haproxy/haproxy-gateway.ts";
import { createComposePlatform } from "../hosts/compose-platform.ts";
import { createHostBackups } from "../hosts/host-backups.ts";
import { createHostFence } from "../hosts/host-fence.ts";
import { openHost } from "../hosts/open-host.ts";
import type { ComposeFacts, ConnectOptions, EnvironmentConnection } from "../hosts/platform.ts";
import { createComposeBase } from "./compose/compose-base.ts";
import { createComposeRuntime } from "./compose/compose-runtime.ts";
import type { ComposePlace } from "./compose/plan-project.ts";

const defaultSocket = "/var/run/docker.sock";
const Info = Type.Object({ ServerVersion: Type.String(), Name: Type.String() });

/** Speaks to the engine of the environment's host; null when nothing of the environment is there. */
export async function connectComposeEnvironment(
  options: ConnectOptions,
  facts: ComposeFacts,
): Promise<EnvironmentConnection | null> {
  const { environment, stateFolder, registry, startIfMissing, epoch } = options;
  const [first] = facts.hosts;
  const host = await openHost(first, environment.name);
  const socket = first.dockerSocket ?? defaultSocket;
  const engine = createEngineClient(host, socket);
  const place: ComposePlace = { environment: environment.name, folder: host.folder };
  const base = createComposeBase({ engine, socket, place, facts, gateway: environment.gateway });
  // Asked first, so that an engine that is not there is named as such.
  const info = await engine.call(Info, { path: "/info" });
  if (!startIfMissing && !(await base.isThere())) {
    await host.close();
    return null;
  }
  const requireClaim = createHostFence(host, epoch);
  if (epoch !== undefined) await requireClaim();
  const haproxy = await createContainerHaproxy({
    engine,
    place,
    lockFile: join(stateFolder, "gateway.lock"),
    start: base.startGateway,
    check: base.checkGateway,
  });
  return {
    runtime: createComposeRuntime({ engine, socket, place, registry, requireClaim }),
    gateway: await openHaproxyGateway({
      host: haproxy,
      settings: base.gatewaySettings(),
      ...(epoch === undefined ? {} : { epoch }),
      isLookOnly: !startIfMissing && epoch === undefined,
    }),
    platform: createComposePlatform({
      engine,
      place,
      requireClaim,
      startDatabase: base.startDatabase,
      backups: createHostBackups({ engine, socket, place, image: facts.images.postgres }),
      smtpUrl: facts.smtpUrl ?? null,
      shutdown: base.shutdown,
      describe: async () => [
        `Services run on ${first.name} (${first.ssh ?? "this machine"}), Docker Engine ${info?.ServerVersion ?? "unknown"}.`,
      ],
    }),
    close: async () => host.close(),
  };
}
