import { createHash, randomBytes } from "node:crypto";

import type { RunPorts } from "../deploy/run-ports.ts";
import { SlipwayError } from "../errors.ts";
import type { SecretValue } from "../hosts/platform.ts";
import type { SecretName } from "./parse-secret-name.ts";

type Ports = Pick<RunPorts, "platform" | "ledger">;

/** Stores the value and notes that it changed. Gives the names of what changed. */
export async function setSecret(secret: SecretValue, ports: Ports): Promise<readonly string[]> {
  await ports.platform.writeSecret(secret);
  return note([secret], ports);
}

/** A new random value, and with it the tables of those who check it. */
export async function rotateSecret(
  { service, name }: SecretName,
  ports: Ports,
): Promise<readonly string[]> {
  const secrets = listSecrets(ports);
  const found = secrets[service]?.find((secret) => secret.name === name);
  if (found?.generate === undefined || found.generate === "service-tokens") {
    throw new SlipwayError("SECRET_UNKNOWN", `${service}/${name} can't be rotated.`, {
      hint: "Nothing was touched. Only secrets that are generated can; give others a new value with: secrets set",
    });
  }
  const secret = { service, name, value: randomBytes(32).toString("base64url") };
  await ports.platform.writeSecret(secret);
  const { created } = await ports.platform.ensureSecrets(secrets);
  const tables = created.map((table) => {
    const [owner = "", ...rest] = table.split("/");
    return { service: owner, name: rest.join("/"), value: secret.value };
  });
  return note([secret, ...tables], ports);
}

function listSecrets({ ledger }: Ports) {
  return Object.fromEntries(
    Object.entries(ledger.state().services).map(([service, { release }]) => [
      service,
      release.needs.secrets,
    ]),
  );
}

/** The mark is salted, so that nobody can try values against it. */
async function note(secrets: readonly SecretValue[], { ledger }: Ports) {
  const names = secrets.map(({ service, name }) => `${service}/${name}`);
  for (const [index, { value }] of secrets.entries()) {
    const salt = randomBytes(16).toString("hex");
    const mark = `${salt}:${createHash("sha256").update(`${salt}${value}`).digest("hex")}`;
    await ledger.append({ event: "secret-changed", data: { name: names[index] ?? "", mark } });
  }
  return names;
}
