import { join } from "node:path";

import Type from "typebox";

import { createEngineClient, type EngineClient } from "../../engine/engine-client.ts";
import type { Gateway } from "../../gateways/gateway.ts";
import { createContainerHaproxy } from "../../gateways/haproxy/container-haproxy.ts";
import { openHaproxyGateway } from "../../gateways/haproxy/haproxy-gateway.ts";
import { createHostFence } from "../../hosts/host-fence.ts";
import type { Host } from "../../hosts/host.ts";
import { openHost } from "../../hosts/open-host.ts";
import type { ComposeFacts, ConnectOptions, HostSettings } from "../../hosts/platform.ts";
import { readHostFile } from "../../hosts/run-on-host.ts";
import type { Runtime } from "../runtime.ts";
import { type ComposeBase, createComposeBase } from "./compose-base.ts";
import { createComposeRuntime } from "./compose-runtime.ts";
import type { ComposePlace } from "./plan-project.ts";

/** A host that answers, with its engine; nothing was changed there. */
export interface ComposeSite {
  host: Host;
  settings: HostSettings;
  engine: EngineClient;
  /** The engine's socket there. */
  socket: string;
  place: ComposePlace;
  base: ComposeBase;
  /** Of the newest run that has changed it. */
  epoch: number;
  engineVersion: string;
}

/** What an environment has on one host, ready to be changed where the lock is held. */
export interface ComposeMember extends ComposeSite {
  runtime: Runtime;
  gateway: Gateway;
  requireClaim: () => Promise<void>;
  /** Ends what runs there. */
  shutdown: () => Promise<void>;
  /** In a sentence. */
  description: string;
}

const defaultSocket = "/var/run/docker.sock";
const Info = Type.Object({ ServerVersion: Type.String() });

/** Reaches the host and its engine. Throws HOST_UNREACHABLE, ENGINE_UNREACHABLE and their like. */
export async function openSite(
  settings: HostSettings,
  { environment }: ConnectOptions,
  facts: ComposeFacts,
): Promise<ComposeSite> {
  const host = await openHost(settings, environment.name);
  const socket = settings.dockerSocket ?? defaultSocket;
  const engine = createEngineClient(host, socket);
  const isFirst = settings.name === facts.hosts[0].name;
  const place: ComposePlace = {
    environment: environment.name,
    folder: host.folder,
    ...(isFirst && facts.databaseUrl === undefined ? {} : { isDatabaseElsewhere: true }),
  };
  // Asked first, so that an engine that is not there is named as such.
  const [info, epoch] = await Promise.all([
    engine.call(Info, { path: "/info" }),
    readHostFile(host, join(host.folder, "epoch")),
  ]);
  return {
    host,
    settings,
    engine,
    socket,
    place,
    base: createComposeBase({
      engine,
      socket,
      place,
      facts,
      settings,
      gateway: environment.gateway,
    }),
    epoch: Number(epoch ?? 0),
    engineVersion: info?.ServerVersion ?? "unknown",
  };
}

/** Opens what runs there. Before, every host must have taken the epoch of the lock. */
export async function openMember(
  site: ComposeSite,
  options: ConnectOptions,
): Promise<ComposeMember> {
  const { host, engine, socket, place, base } = site;
  const { stateFolder, registry, startIfMissing, epoch } = options;
  const requireClaim = createHostFence(host, epoch);
  const isLookOnly = !startIfMissing && epoch === undefined;
  const haproxy = await createContainerHaproxy({
    engine,
    place,
    lockFile: join(stateFolder, `gateway-${host.name}.lock`),
    start: base.startGateway,
    check: base.checkGateway,
  });
  const gateway = await openHaproxyGateway({
    host: haproxy,
    settings: base.gatewaySettings(),
    ...(epoch === undefined ? {} : { epoch }),
    isLookOnly,
  });
  const isEmpty = isLookOnly && !(await base.isThere());
  return {
    ...site,
    requireClaim,
    shutdown: base.shutdown,
    description: `Services run on ${host.name} (${site.settings.ssh ?? "this machine"}), Docker Engine ${site.engineVersion}.`,
    runtime: createComposeRuntime({ engine, socket, place, registry, requireClaim }),
    // A host that has just joined has no gateway that could be asked.
    gateway: isEmpty ? { ...gateway, describe: async () => [] } : gateway,
  };
}
