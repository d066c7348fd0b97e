import { randomBytes } from "node:crypto";

import { SlipwayError } from "../errors.ts";
import { baseOwners } from "../runtimes/compose/plan-base.ts";
import { type ComposePlace, secretPath } from "../runtimes/compose/plan-project.ts";
import type { Secret } from "../workspace/service-manifest.ts";
import type { Host } from "./host.ts";
import type { SecretValue } from "./platform.ts";
import { readHostFile, runOnHost, writeHostFile } from "./run-on-host.ts";

interface WantedSecret extends Secret {
  service: string;
}

/** Generates what is missing on the host; the table of all tokens follows whenever a service joins or leaves. */
export async function ensureHostSecrets(
  host: Host,
  place: ComposePlace,
  secretsOf: Readonly<Record<string, readonly Secret[]>>,
): Promise<readonly string[]> {
  const wanted: readonly WantedSecret[] = Object.entries(secretsOf).flatMap(([service, secrets]) =>
    secrets.map((secret) => ({ service, ...secret })),
  );
  const known = new Set(await listHostSecrets(host, place));
  const created: string[] = [];
  for (const { service, name, generate } of wanted) {
    if (generate === "service-tokens" || known.has(`${service}/${name}`)) continue;
    if (generate === undefined) throw missingSecret(service, name, place);
    const value = randomBytes(32).toString("base64url");
    await writeHostSecret(host, place, { service, name, value });
    created.push(`${service}/${name}`);
  }
  return [...created, ...(await ensureTokenTables(host, place, wanted))];
}

async function ensureTokenTables(
  host: Host,
  place: ComposePlace,
  wanted: readonly WantedSecret[],
): Promise<readonly string[]> {
  const tables = wanted.filter(({ generate }) => generate === "service-tokens");
  if (tables.length === 0) return [];
  const tokens = wanted.filter(({ generate }) => generate === "service-token");
  const entries = tokens.map(async ({ service, name }) => {
    return [service, await readHostFile(host, secretPath(place, service, name))] as const;
  });
  const value = JSON.stringify(Object.fromEntries(await Promise.all(entries)));
  const created: string[] = [];
  for (const { service, name } of tables) {
    if ((await readHostFile(host, secretPath(place, service, name))) === value) continue;
    await writeHostSecret(host, place, { service, name, value });
    created.push(`${service}/${name}`);
  }
  return created;
}

/** `core/SERVICE_TOKEN`, sorted. */
export async function listHostSecrets(
  host: Host,
  { folder }: ComposePlace,
): Promise<readonly string[]> {
  const script = 'mkdir -p "$1" && cd "$1" && find . -type f ! -name "*.new"';
  const argv = ["sh", "-c", script, "sh", `${folder}/secrets`] as const;
  const names = (await runOnHost(host, { argv })).split("\n").filter((line) => line !== "");
  return names.map((name) => name.replace("./", "")).toSorted();
}

export async function writeHostSecret(
  host: Host,
  place: ComposePlace,
  { service, name, value }: SecretValue,
): Promise<void> {
  const path = secretPath(place, service, name);
  await writeHostFile(host, { path, content: value, mode: "0600", owner: baseOwners.services });
}

function missingSecret(service: string, name: string, { environment }: ComposePlace): SlipwayError {
  return new SlipwayError(
    "SECRET_MISSING",
    `The service ${service} needs the secret ${name}, which nobody has set and which can't be generated.`,
    { hint: `Set it: npx slipway secrets set ${service}/${name} --env=${environment}` },
  );
}
