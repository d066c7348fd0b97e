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

test("with other hosts the database is reached at one private address, and only then", () => {
  const several = { ...plan, publishedDatabase: "10.0.0.11:5432:5432" };

  const { services } = parse(formatBaseProject(several));

  expect(services.database.ports).toEqual(["10.0.0.11:5432:5432"]);
  expect(Object.keys(services.database.networks).toSorted()).toEqual(["data", "outside"]);
});

test("says which addresses the engine may give, so that containers keep theirs", () => {
  const range = { subnet: "172.22.0.0/16", ip_range: "172.22.0.0/17" };

  const { networks } = parse(formatBaseProject({ ...plan, range }));

  expect(networks.services.ipam).toEqual({ config: [range] });
  expect(parse(formatBaseProject(plan)).networks.services.ipam).toBeUndefined();
});
