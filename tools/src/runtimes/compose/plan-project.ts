import { stringify } from "yaml";

import type { InstanceSpec, TaskSpec } from "../runtime.ts";

/** What all containers of an environment on one host have in common. */
export interface ComposePlace {
  environment: string;
  /** Slipway's folder on the host. */
  folder: string;
  /** The database runs on another host. */
  isDatabaseElsewhere?: boolean;
}

export interface ContainerPlan {
  /** Name of the container and of its project: `slipway-staging-events-9f2c41d0-7`. */
  name: string;
  service: string;
  /** Content-addressed id of the image in the engine. */
  image: string;
  command: readonly string[] | null;
  env: Readonly<Record<string, string>>;
  secrets: readonly string[];
  labels: Readonly<Record<string, string>>;
  memoryMb: number;
  /** In the services' network; whatever the engine gives when left out. */
  address?: string;
}

export const containerLabels = {
  environment: "org.aegee.slipway.environment",
  kind: "org.aegee.slipway.kind",
  instance: "org.aegee.slipway.instance",
  service: "org.aegee.slipway.instance.service",
  version: "org.aegee.slipway.instance.version",
  digest: "org.aegee.slipway.instance.digest",
  set: "org.aegee.slipway.instance.set",
  run: "org.aegee.slipway.instance.run",
} as const;

const taskMemoryMb = 512;
const heapShare = 0.75;

export function planInstance(
  place: ComposePlace,
  spec: InstanceSpec,
  image: string,
): ContainerPlan {
  const { id, service, version, digest, set, run, port, env, secrets, memoryMb } = spec;
  return {
    name: containerName(place, id),
    service,
    image,
    command: null,
    env: { ...env, HOST: "0.0.0.0", PORT: String(port) },
    secrets,
    memoryMb,
    labels: {
      [containerLabels.environment]: place.environment,
      [containerLabels.kind]: "instance",
      [containerLabels.instance]: id,
      [containerLabels.service]: service,
      [containerLabels.version]: version,
      [containerLabels.digest]: digest,
      [containerLabels.set]: set,
      [containerLabels.run]: run,
      [portLabel]: String(port),
    },
  };
}

/** Which port of its own address an instance listens on. */
export const portLabel = "org.aegee.slipway.instance.port";

export function planTask(place: ComposePlace, task: TaskSpec, image: string): ContainerPlan {
  const { id, service, args, env, secrets } = task;
  return {
    name: containerName(place, `task-${id}`),
    service,
    image,
    command: args,
    env,
    secrets,
    memoryMb: taskMemoryMb,
    labels: {
      [containerLabels.environment]: place.environment,
      [containerLabels.kind]: "task",
    },
  };
}

export function containerName({ environment }: ComposePlace, id: string): string {
  return `slipway-${environment}-${id}`;
}

/** One network a concern: what a service does not need, it does not reach. */
export function networkNames({ environment }: ComposePlace) {
  return {
    services: `slipway-${environment}-services`,
    data: `slipway-${environment}-data`,
    outside: `slipway-${environment}-outside`,
  };
}

export function secretPath({ folder }: ComposePlace, service: string, name: string): string {
  return `${folder}/secrets/${service}/${name}`;
}

/** The project of one container as a Compose file: the same facts give the same bytes. */
export function formatProject(place: ComposePlace, plan: ContainerPlan): string {
  const networks = listNetworks(place, plan);
  const project = {
    name: plan.name.toLowerCase(),
    services: { [plan.service]: formatContainer(place, plan, networks) },
    networks: Object.fromEntries(networks.map((name) => [name, { name, external: true }])),
  };
  return stringify(project, {
    sortMapEntries: true,
    lineWidth: 0,
    aliasDuplicateObjects: false,
    version: "1.1",
  });
}

function formatContainer(place: ComposePlace, plan: ContainerPlan, networks: readonly string[]) {
  const { name, service, image, command, env, secrets, labels, memoryMb, address } = plan;
  return {
    image,
    pull_policy: "never",
    container_name: name,
    ...(command === null ? {} : { command: command.map(escapeDollar) }),
    // Its end is final until it takes traffic: the runtime changes this then.
    restart: "no",
    ...hardening,
    mem_limit: `${memoryMb}m`,
    memswap_limit: `${memoryMb}m`,
    environment: Object.fromEntries(
      Object.entries({
        NODE_OPTIONS: `--max-old-space-size=${Math.ceil(memoryMb * heapShare)}`,
        ...env,
        ...Object.fromEntries(
          secrets.map((secret) => [`${secret}_FILE`, `/run/secrets/${secret}`]),
        ),
      }).map(([key, value]) => [key, escapeDollar(value)]),
    ),
    labels: Object.fromEntries(
      Object.entries(labels).map(([key, value]) => [key, escapeDollar(value)]),
    ),
    networks: address === undefined ? networks : giveAddress(place, networks, address),
    volumes: secrets.map((secret) => ({
      type: "bind",
      source: secretPath(place, service, secret),
      target: `/run/secrets/${secret}`,
      read_only: true,
      bind: { create_host_path: false },
    })),
  };
}

function giveAddress(place: ComposePlace, networks: readonly string[], address: string) {
  const { services } = networkNames(place);
  return Object.fromEntries(
    networks.map((name) => [name, name === services ? { ipv4_address: address } : {}]),
  );
}

/** Also of the database and the gateway. */
export const hardening = {
  read_only: true,
  cap_drop: ["ALL"],
  security_opt: ["no-new-privileges:true"],
  pids_limit: 256,
  cpus: 2,
  tmpfs: ["/tmp:size=64m,mode=1777,noexec,nosuid,nodev"],
  logging: { driver: "json-file", options: { "max-size": "10m", "max-file": "3" } },
};

function listNetworks(place: ComposePlace, { env, secrets }: ContainerPlan): readonly string[] {
  const { services, data, outside } = networkNames(place);
  const toDatabase = place.isDatabaseElsewhere === true ? outside : data;
  return [
    ...new Set([
      services,
      ...(secrets.includes("DATABASE_URL") ? [toDatabase] : []),
      ...("SMTP_URL" in env ? [outside] : []),
    ]),
  ];
}

/** Compose replaces `$NAME` in every value; ours are meant as they are. */
function escapeDollar(text: string): string {
  return text.replaceAll("$", "$$$$");
}
