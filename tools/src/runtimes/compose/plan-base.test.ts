import { expect, test } from "vitest";
import { parse } from "yaml";

import { formatBaseProject } from "./plan-base.ts";

const plan = {
  place: { environment: "staging", folder: "/var/lib/slipway/staging" },
  images: { postgres: "postgres:18", haproxy: "haproxy:3.2" },
  published: ["127.0.0.1:8080:8080"],
};

test("only the gateway publishes ports, and only it and mail reach what is outside", () => {
  const { services, networks } = parse(formatBaseProject(plan));

  expect(services.gateway.ports).toEqual(plan.published);
  expect(services.database.ports).toBeUndefined();
  expect(Object.keys(services.database.networks)).toEqual(["data"]);
  expect(networks).toMatchObject({ data: { internal: true }, services: { internal: true } });
});

test("the database gets its password as a file, never as a setting", () => {
  const { services } = parse(formatBaseProject(plan));

  expect(services.database.environment).toEqual({
    PGDATA: "/var/lib/postgresql/data",
    POSTGRES_PASSWORD_FILE: "/run/secrets/POSTGRES_PASSWORD",
  });
});

test("both lose every capability and may not write to their images", () => {
  const { services } = parse(formatBaseProject(plan));
  const hardened = { read_only: true, cap_drop: ["ALL"], security_opt: ["no-new-privileges:true"] };

  expect(services).toMatchObject({ gateway: hardened, database: hardened });
});

test("has no database where the environment brings its own", () => {
  const images = { ...plan.images, postgres: null };

  expect(Object.keys(parse(formatBaseProject({ ...plan, images })).services)).toEqual(["gateway"]);
});
