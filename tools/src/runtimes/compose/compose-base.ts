import Type from "typebox";

import type { EngineClient } from "../../engine/engine-client.ts";
import { execInContainer } from "../../engine/exec-in-container.ts";
import type { HaproxySettings } from "../../gateways/haproxy/haproxy-settings.ts";
import type { ComposeFacts, EnvironmentFacts, HostSettings } from "../../hosts/platform.ts";
import { runOnHost } from "../../hosts/run-on-host.ts";
import { awaitHealthy } from "./await-database.ts";
import { removeContainer } from "./containers.ts";
import { keepProject } from "./kept-projects.ts";
import { inspectContainer } from "./observe-containers.ts";
import {
  baseOwners,
  baseProjectName,
  baseServices,
  formatBaseProject,
  gatewayFolder,
} from "./plan-base.ts";
import { type ComposePlace, containerLabels, networkNames } from "./plan-project.ts";
import { runBaseTool } from "./run-base-tool.ts";
import { runComposeUp } from "./run-compose.ts";
import { chooseNetwork, type NetworkRange } from "./service-network.ts";

export interface ComposeBaseOptions {
  engine: EngineClient;
  socket: string;
  place: ComposePlace;
  facts: ComposeFacts;
  /** Of this host. */
  settings: HostSettings;
  gateway: EnvironmentFacts["gateway"];
}

export interface ComposeBase {
  /** True when the gateway's container exists. */
  isThere: () => Promise<boolean>;
  startGateway: () => Promise<void>;
  checkGateway: (file: string) => Promise<string | null>;
  startDatabase: () => Promise<void>;
  gatewaySettings: () => HaproxySettings;
  /** Ends every container of the environment; volumes, secrets and logs stay. */
  shutdown: () => Promise<void>;
}

const checkLimitMs = 30_000;
const innerPort = 8080;
const internalPort = 8081;
const tlsPort = 8443;
const Listed = Type.Array(Type.Object({ Names: Type.Array(Type.String()) }));

/** The fixed project of an environment: what is there stays as it is, whatever is deployed. */
export function createComposeBase(options: ComposeBaseOptions): ComposeBase {
  const { engine, socket, place, facts, gateway } = options;
  const project = baseProjectName(place);
  const format = (range: NetworkRange | null) =>
    formatBaseProject({
      place,
      ...(range === null ? {} : { range }),
      images: {
        postgres: place.isDatabaseElsewhere === true ? null : facts.images.postgres,
        haproxy: facts.images.haproxy,
      },
      published: [
        `${publishAddress(gateway.host)}${gateway.port}:${innerPort}`,
        ...(facts.tls === undefined
          ? []
          : [`${publishAddress(gateway.host)}${facts.tls.port}:${tlsPort}`]),
      ],
      ...publishDatabase(facts, place),
    });

  /** What exists is started, never made anew: a changed file alone restarts no database and no gateway. */
  async function start(service: "gateway" | "database"): Promise<void> {
    const name = `${project}-${service}`;
    const found = await inspectContainer(engine, name);
    if (found === null) {
      const content = format(await chooseNetwork(engine, place));
      await keepProject(engine.host, place, { name: project, content });
      await runComposeUp({ host: engine.host, socket, content, services: [service] });
    } else if (!found.State.Running) {
      await engine.send({ method: "POST", path: `/containers/${name}/start` });
    }
  }

  return {
    isThere: async () => (await inspectContainer(engine, `${project}-gateway`)) !== null,
    startGateway: async () => start(baseServices.gateway),
    checkGateway: async (file) => checkGateway(options, file),
    async startDatabase() {
      await start(baseServices.database);
      await awaitHealthy(engine, `${project}-database`, networkNames(place).data);
    },
    gatewaySettings: () => ({
      publicUrl: facts.publicUrl ?? `http://localhost:${gateway.port}`,
      internalUrl: `http://gateway:${internalPort}`,
      publicBinds: [`:${innerPort}`],
      internalBinds: [`:${internalPort}`],
      tls:
        facts.tls === undefined
          ? null
          : { binds: [`:${tlsPort}`], certificates: facts.tls.certificates },
      ...findDoor(options),
    }),
    shutdown: async () => shutdown(options),
  };
}

/** Beside the running HAProxy, which takes no time; before it runs for the first time in a container of its own. */
async function checkGateway(options: ComposeBaseOptions, file: string): Promise<string | null> {
  const { engine, place, facts } = options;
  const argv = ["haproxy", "-c", "-f", file];
  const name = `${baseProjectName(place)}-${baseServices.gateway}`;
  const isRunning = (await inspectContainer(engine, name))?.State.Running === true;
  const beside = isRunning ? await execInContainer(engine, name, argv) : null;
  const { exitCode, output } =
    beside ??
    (await runBaseTool(options, {
      image: facts.images.haproxy,
      argv,
      user: baseOwners.gateway,
      mounts: { [gatewayFolder]: `${place.folder}/gateway` },
      timeoutMs: checkLimitMs,
    }));
  return exitCode === 0 ? null : output.join("\n");
}

async function shutdown({ engine, place }: ComposeBaseOptions): Promise<void> {
  const label = [`${containerLabels.environment}=${place.environment}`];
  const filters = encodeURIComponent(JSON.stringify({ label }));
  const listed = await engine.call(Listed, {
    path: `/containers/json?all=1&filters=${filters}`,
  });
  const names = (listed ?? []).flatMap(({ Names }) => Names.slice(0, 1));
  await Promise.all(
    names.map(async (name) => removeContainer(engine, name.slice(1), { graceMs: 12_000 })),
  );
  for (const network of Object.values(networkNames(place))) {
    await engine.send({ method: "DELETE", path: `/networks/${network}` });
  }
  const folders = ["gateway", "compose"].map((name) => `${place.folder}/${name}`);
  await runOnHost(engine.host, { argv: ["rm", "-rf", ...folders] });
}

/** For the other hosts only: one host alone keeps its database to itself. */
function publishDatabase(
  { hosts: [{ address }, ...others], databasePort }: ComposeFacts,
  place: ComposePlace,
): { publishedDatabase?: string } {
  if (others.length === 0 || address === undefined || place.isDatabaseElsewhere === true) return {};
  return { publishedDatabase: `${address}:${databasePort}:5432` };
}

/** Of several hosts each has a door of its own, whoever spreads people over them. */
function findDoor({ facts, settings, gateway }: ComposeBaseOptions): Partial<HaproxySettings> {
  const { address } = settings;
  if (facts.hosts.length === 1 || address === undefined) return {};
  return { door: { host: address, port: facts.tls?.port ?? gateway.port } };
}

function publishAddress(host: string | undefined): string {
  return host === undefined ? "127.0.0.1:" : `${host}:`;
}
