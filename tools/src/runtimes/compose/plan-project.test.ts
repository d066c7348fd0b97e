import { expect, test } from "vitest";
import { parse } from "yaml";

import type { InstanceSpec } from "../runtime.ts";
import { formatProject, planInstance, planTask } from "./plan-project.ts";

const place = { environment: "staging", folder: "/var/lib/slipway/staging" };
const image = `sha256:${"1".repeat(64)}`;
const spec: InstanceSpec = {
  id: "events-9f2c41d0-7",
  service: "events",
  version: "1.2.0",
  digest: image,
  set: "set-1",
  run: "run-1",
  port: 8084,
  env: { LOG_LEVEL: "info", PRICE: "5 $US" },
  secrets: [],
  memoryMb: 256,
};

function format(changes: Partial<InstanceSpec>): string {
  return formatProject(place, planInstance(place, { ...spec, ...changes }, image));
}

test("writes one container's project, hardened and pinned", () => {
  expect(format({ secrets: ["API_KEY"] })).toMatchInlineSnapshot(`
    "name: slipway-staging-events-9f2c41d0-7
    networks:
      slipway-staging-services:
        external: true
        name: slipway-staging-services
    services:
      events:
        cap_drop:
          - ALL
        container_name: slipway-staging-events-9f2c41d0-7
        cpus: 2
        environment:
          API_KEY_FILE: /run/secrets/API_KEY
          HOST: 0.0.0.0
          LOG_LEVEL: info
          NODE_OPTIONS: --max-old-space-size=192
          PORT: "8084"
          PRICE: 5 $$US
        image: sha256:1111111111111111111111111111111111111111111111111111111111111111
        labels:
          org.aegee.slipway.environment: staging
          org.aegee.slipway.instance: events-9f2c41d0-7
          org.aegee.slipway.instance.digest: sha256:1111111111111111111111111111111111111111111111111111111111111111
          org.aegee.slipway.instance.port: "8084"
          org.aegee.slipway.instance.run: run-1
          org.aegee.slipway.instance.service: events
          org.aegee.slipway.instance.set: set-1
          org.aegee.slipway.instance.version: 1.2.0
          org.aegee.slipway.kind: instance
        logging:
          driver: json-file
          options:
            max-file: "3"
            max-size: 10m
        mem_limit: 256m
        memswap_limit: 256m
        networks:
          - slipway-staging-services
        pids_limit: 256
        pull_policy: never
        read_only: true
        restart: "no"
        security_opt:
          - no-new-privileges:true
        tmpfs:
          - /tmp:size=64m,mode=1777,noexec,nosuid,nodev
        volumes:
          - bind:
              create_host_path: false
            read_only: true
            source: /var/lib/slipway/staging/secrets/events/API_KEY
            target: /run/secrets/API_KEY
            type: bind
    "
  `);
});

test("gives the same bytes for the same facts, in whatever order they come", () => {
  const { env, ...rest } = spec;
  const turned = Object.fromEntries(Object.entries(env).toReversed());

  expect(format({ ...rest, env: turned })).toBe(format({}));
});

test.each([
  [[], {}, ["slipway-staging-services"]],
  [["DATABASE_URL"], {}, ["slipway-staging-data", "slipway-staging-services"]],
  [[], { SMTP_URL: "smtp://mail:25" }, ["slipway-staging-outside", "slipway-staging-services"]],
])("with the secrets %j and settings %j a service reaches %j", (secrets, env, networks) => {
  const project = parse(format({ secrets, env }));

  expect(Object.keys(project.networks).toSorted()).toEqual(networks);
});

test("hands values to Compose so that it replaces nothing in them", () => {
  const project = parse(format({}));

  expect(project.services.events.environment.PRICE).toBe("5 $$US");
});

test("gives a command its arguments and never starts it again", () => {
  const task = { ...spec, id: "events-migrate-1", args: ["migrate"], timeoutMs: 1000 };
  const project = parse(formatProject(place, planTask(place, task, image)));

  expect(project.services.events).toMatchObject({
    command: ["migrate"],
    restart: "no",
    container_name: "slipway-staging-task-events-migrate-1",
  });
});

test("keeps the address it is given, in the services' network only", () => {
  const planned = planInstance(place, { ...spec, secrets: ["DATABASE_URL"] }, image);

  const project = parse(formatProject(place, { ...planned, address: "172.22.128.7" }));

  expect(project.services.events.networks).toEqual({
    "slipway-staging-data": {},
    "slipway-staging-services": { ipv4_address: "172.22.128.7" },
  });
});

test("leaves its host for a database on another one", () => {
  const elsewhere = { ...place, isDatabaseElsewhere: true };
  const planned = planInstance(elsewhere, { ...spec, secrets: ["DATABASE_URL"] }, image);

  const project = parse(formatProject(elsewhere, planned));

  expect(Object.keys(project.networks).toSorted()).toEqual([
    "slipway-staging-outside",
    "slipway-staging-services",
  ]);
});
