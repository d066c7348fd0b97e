import { stringify } from "yaml";

import { type ComposePlace, containerLabels, hardening, networkNames } from "./plan-project.ts";
import type { NetworkRange } from "./service-network.ts";

/** The stateful part of an environment on one host: the gateway and the database. */
export interface BasePlan {
  place: ComposePlace;
  images: { postgres: string | null; haproxy: string };
  /** Ports that people reach, each published as it is: `127.0.0.1:8080`, `80`. */
  published: readonly string[];
  /** For other hosts: `10.0.0.11:5432:5432`. Nobody but the services of this host reaches the database without. */
  publishedDatabase?: string;
  /** Of the services' network; the engine's choice when left out, with other addresses after each of its starts. */
  range?: NetworkRange;
}

export const gatewayFolder = "/etc/slipway";
export const baseServices = { gateway: "gateway", database: "database" } as const;
/** Users of the images, who own the files we hand them. */
export const baseOwners = {
  gateway: "99:99",
  database: "999:999",
  services: "65532:65532",
} as const;

const gatewayMemoryMb = 512;
/** What its caches may take besides counts too, but gives way. */
const databaseMemoryMb = 2048;

export function baseProjectName({ environment }: ComposePlace): string {
  return `slipway-${environment}`;
}

/** The fixed project as a Compose file. Deployments never change it, so they never restart what is in it. */
export function formatBaseProject(plan: BasePlan): string {
  const { services, data, outside } = networkNames(plan.place);
  const project = {
    name: baseProjectName(plan.place),
    services: {
      [baseServices.gateway]: formatGateway(plan),
      ...(plan.images.postgres === null ? {} : { [baseServices.database]: formatDatabase(plan) }),
    },
    networks: {
      // Inside only: from these networks nothing leaves the host.
      services: {
        name: services,
        internal: true,
        ...(plan.range === undefined ? {} : { ipam: { config: [plan.range] } }),
      },
      data: { name: data, internal: true },
      outside: { name: outside },
    },
    volumes: { database: { name: `slipway-${plan.place.environment}-database` } },
  };
  return stringify(project, {
    sortMapEntries: true,
    lineWidth: 0,
    aliasDuplicateObjects: false,
    version: "1.1",
  });
}

function formatGateway({ place, images, published }: BasePlan) {
  return {
    image: images.haproxy,
    pull_policy: "missing",
    container_name: `${baseProjectName(place)}-gateway`,
    // Compose replaces `$NAME`; ours are the shell's.
    entrypoint: ["sh", "-c", superviseScript.replaceAll("$", "$$$$"), "sh"],
    command: [
      "haproxy",
      "-W",
      "-db",
      "-S",
      `${gatewayFolder}/master.sock,mode,600`,
      "-f",
      `${gatewayFolder}/haproxy.cfg`,
    ],
    user: baseOwners.gateway,
    restart: "unless-stopped",
    ...hardening,
    mem_limit: `${gatewayMemoryMb}m`,
    memswap_limit: `${gatewayMemoryMb}m`,
    sysctls: { "net.ipv4.ip_unprivileged_port_start": "0" },
    labels: labelsOf(place, "gateway"),
    ports: published,
    networks: { services: { aliases: ["gateway"] }, outside: {} },
    volumes: [bind(`${place.folder}/gateway`, gatewayFolder, false)],
  };
}

/**
 * Starts a HAProxy that was killed again within a tenth of a second; the engine would take a second to start the
 * container. What it is told to end by is passed on.
 */
const superviseScript = [
  "end=",
  `trap 'end=1; kill -TERM "$pid"' TERM INT`,
  `trap 'end=1; kill -USR1 "$pid"' USR1`,
  `while [ -z "$end" ]; do "$@" & pid=$!`,
  `while kill -0 "$pid" 2>/dev/null; do wait "$pid"; done`,
  "sleep 0.02",
  "done",
  "exit 0",
].join("\n");

function formatDatabase({ place, images, publishedDatabase }: BasePlan) {
  const password = "/run/secrets/POSTGRES_PASSWORD";
  return {
    image: images.postgres,
    pull_policy: "missing",
    container_name: `${baseProjectName(place)}-database`,
    user: baseOwners.database,
    restart: "unless-stopped",
    ...hardening,
    mem_limit: `${databaseMemoryMb}m`,
    memswap_limit: `${databaseMemoryMb}m`,
    tmpfs: [...hardening.tmpfs, "/var/run/postgresql:uid=999,gid=999,mode=0775"],
    shm_size: "128m",
    stop_signal: "SIGINT",
    stop_grace_period: "30s",
    environment: {
      PGDATA: "/var/lib/postgresql/data",
      POSTGRES_PASSWORD_FILE: password,
    },
    command: ["postgres", "-c", "listen_addresses=*", "-c", "max_connections=120"],
    labels: labelsOf(place, "database"),
    networks: {
      data: { aliases: ["database"] },
      ...(publishedDatabase === undefined ? {} : { outside: {} }),
    },
    ...(publishedDatabase === undefined ? {} : { ports: [publishedDatabase] }),
    volumes: [
      { type: "volume", source: "database", target: "/var/lib/postgresql/data" },
      bind(`${place.folder}/secrets/database/POSTGRES_PASSWORD`, password, true),
    ],
  };
}

function labelsOf({ environment }: ComposePlace, kind: string) {
  return { [containerLabels.environment]: environment, [containerLabels.kind]: kind };
}

function bind(source: string, target: string, isReadOnly: boolean) {
  return { type: "bind", source, target, read_only: isReadOnly, bind: { create_host_path: false } };
}
