import { randomBytes } from "node:crypto";
import { chown, mkdir, readdir } from "node:fs/promises";
import { join, relative } from "node:path";

import { SlipwayError } from "../errors.ts";
import { readIfPresent } from "../files/read-if-present.ts";
import { writeFileSafely } from "../files/write-file-safely.ts";
import type { Secret } from "../workspace/service-manifest.ts";
import type { Owner } from "./spawn-process.ts";

/** One file a secret, `<folder>/<service>/<NAME>`, readable by the services' user only. */
export interface SecretStore {
  folder: string;
  owner: Owner | null;
}

export function secretFile({ folder }: SecretStore, service: string, name: string): string {
  return join(folder, service, name);
}

export async function readSecret(
  store: SecretStore,
  service: string,
  name: string,
): Promise<string | null> {
  return await readIfPresent(secretFile(store, service, name));
}

/** Names of all that have a value, sorted: `core/SERVICE_TOKEN`. */
export async function listSecrets({ folder }: SecretStore): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile() && !entry.name.endsWith(".tmp"))
    .map(({ parentPath, name }) => `${relative(folder, parentPath)}/${name}`)
    .toSorted();
}

/** True when the value is new. */
export async function writeSecret(
  store: SecretStore,
  { service, name, value }: { service: string; name: string; value: string },
): Promise<boolean> {
  if ((await readSecret(store, service, name)) === value) return false;
  await ensureSecretFolder(store, store.folder);
  await ensureSecretFolder(store, join(store.folder, service));
  await writeFileSafely(secretFile(store, service, name), value, {
    mode: 0o600,
    owner: store.owner ?? undefined,
  });
  return true;
}

/** Generates what is missing; the table of all tokens is brought up to date whenever a service joins or leaves. */
export async function ensureSecrets(
  store: SecretStore,
  secretsOf: Readonly<Record<string, readonly Secret[]>>,
): Promise<string[]> {
  const created: string[] = [];
  const wanted = Object.entries(secretsOf).flatMap(([service, secrets]) =>
    secrets.map((secret) => ({ service, ...secret })),
  );
  for (const { service, name, generate } of wanted) {
    if (generate === "service-tokens" || (await readSecret(store, service, name)) !== null)
      continue;
    if (generate === undefined) throw missingSecret(service, name);
    await writeSecret(store, { service, name, value: randomBytes(32).toString("base64url") });
    created.push(`${service}/${name}`);
  }
  const tables = wanted.filter(({ generate }) => generate === "service-tokens");
  if (tables.length === 0) return created;
  const value = JSON.stringify(await readTokens(store, wanted));
  for (const { service, name } of tables) {
    if (await writeSecret(store, { service, name, value })) created.push(`${service}/${name}`);
  }
  return created;
}

async function readTokens(
  store: SecretStore,
  wanted: readonly { service: string; name: string; generate?: Secret["generate"] }[],
): Promise<Record<string, string>> {
  const tokens: Record<string, string> = {};
  for (const { service, name, generate } of wanted) {
    if (generate !== "service-token") continue;
    tokens[service] = (await readSecret(store, service, name)) ?? "";
  }
  return tokens;
}

function missingSecret(service: string, name: string): SlipwayError {
  return new SlipwayError(
    "SECRET_MISSING",
    `The service ${service} needs the secret ${name}, which nobody has set and which can't be generated.`,
    {
      hint: `Set it, with its value on standard input: npx nx run tools:secrets -- set ${service}/${name} --env=…`,
    },
  );
}

async function ensureSecretFolder({ owner }: SecretStore, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if (owner !== null) await chown(folder, owner.uid, owner.gid);
}
