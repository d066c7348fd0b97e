import { SlipwayError } from "../errors.ts";
import type { ComposeFacts, HostSettings } from "../hosts/platform.ts";
import type { Environment } from "./environment-schema.ts";

const defaultDatabasePort = 5432;

/** What the driver `compose` needs of an environment's settings. Throws CONFIG_INVALID naming what is missing. */
export function chooseCompose(environment: Environment): ComposeFacts {
  const { hosts = [], images, databasePort } = environment;
  const [first, ...others] = hosts;
  if (first === undefined) throw lacking(environment, "hosts");
  if (images === undefined) throw lacking(environment, "images");
  requireHttps(environment);
  if (others.length > 0) requireApart(environment, hosts);
  return {
    hosts: [first, ...others],
    images,
    databasePort: databasePort ?? defaultDatabasePort,
    ...chooseAddresses(environment),
  };
}

function chooseAddresses({ publicUrl, smtpUrl, inboxUrl, tls, databaseUrl }: Environment) {
  return {
    ...(publicUrl === undefined ? {} : { publicUrl }),
    ...(inboxUrl === undefined ? {} : { inboxUrl }),
    ...(databaseUrl === undefined ? {} : { databaseUrl }),
    ...(tls === undefined ? {} : { tls }),
    ...(smtpUrl === undefined ? {} : { smtpUrl }),
  };
}

function requireHttps(environment: Environment): void {
  const { tls, publicUrl = "" } = environment;
  if (tls === undefined || publicUrl.startsWith("https:")) return;
  throw lacking(environment, "publicUrl that begins with https://");
}

/** Hosts that work together have names, and reach each other. */
function requireApart(environment: Environment, hosts: readonly HostSettings[]): void {
  const hidden = hosts.find(({ address }) => address === undefined);
  if (hidden !== undefined) throw lacking(environment, `address of the host ${hidden.name}`);
  const names = new Set(hosts.map(({ name }) => name));
  if (names.size < hosts.length) throw lacking(environment, "names that tell its hosts apart");
}

function lacking({ name }: Environment, missing: string): SlipwayError {
  return new SlipwayError("CONFIG_INVALID", `${name} has the driver compose, but no ${missing}.`, {
    hint: "Nothing was touched. Every field: docs/reference/environments.md",
  });
}
