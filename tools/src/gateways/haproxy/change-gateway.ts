import { randomUUID } from "node:crypto";

import { Value } from "typebox/value";

import { SlipwayError } from "../../errors.ts";
import { converge, type Wanted } from "./converge.ts";
import { formatHaproxyConfig } from "./format-config.ts";
import { createFacts, GatewayFacts } from "./gateway-facts.ts";
import type { Certificates, HaproxyHost } from "./haproxy-host.ts";
import { defaultLimits, type HaproxySettings } from "./haproxy-settings.ts";
import { formatMap, planMaps } from "./plan-maps.ts";

export interface GatewayPlace {
  host: HaproxyHost;
  settings: HaproxySettings;
  epoch: number;
}

const factsFile = "gateway.json";
const configFile = "haproxy.cfg";
const candidateFile = "candidate.cfg";

type Apply = (host: HaproxyHost, wanted: Wanted) => Promise<{ reloaded: boolean }>;

/** Writes down what shall be, then makes it so; a HAProxy that starts anywhere in between comes up with it. */
export async function changeGateway(
  place: GatewayPlace,
  plan: (facts: GatewayFacts) => GatewayFacts,
  apply: Apply = converge,
): Promise<{ reloaded: boolean }> {
  const { host } = place;
  return await host.exclusively(async () => {
    const before = await readFacts(host);
    refuseOverrun(before, place.epoch);
    const facts = { ...plan(before), epoch: epochAfter(before, place.epoch) };
    const wanted = await planWanted(place, facts);
    await writeChanged(host, wanted);
    return await apply(host, wanted);
  });
}

export async function readFacts(host: HaproxyHost): Promise<GatewayFacts> {
  const text = await host.readFile(factsFile);
  if (text === null) return createFacts(randomUUID());
  const facts = parseJson(text);
  if (Value.Check(GatewayFacts, facts)) return facts;
  throw new SlipwayError(
    "GATEWAY_FAILED",
    `${host.folder}/${factsFile} is no state of a gateway of this version of Slipway.`,
    { hint: "HAProxy goes on with what it has. Restore the file from a backup, or remove it." },
  );
}

interface Planned extends Wanted {
  /** In the order of writing: a route that leads nowhere for a moment is better than one that is missing. */
  files: readonly (readonly [name: string, content: string])[];
  /** Of the configuration. */
  text: string;
}

async function planWanted(place: GatewayPlace, facts: GatewayFacts): Promise<Planned> {
  const { host, settings } = place;
  const certificates = await takeCertificates(place);
  const { text, fingerprint } = formatHaproxyConfig({
    settings: seenBy(certificates, settings),
    facts,
    folder: host.folder,
    certificatesDigest: certificates?.digest ?? null,
  });
  const maps = planMaps(facts, settings.limits?.bodyBytes ?? defaultLimits.bodyBytes);
  const files: [string, string][] = [
    [factsFile, JSON.stringify(facts)],
    ...maps.map((map): [string, string] => [map.name, formatMap(map)]),
    [configFile, text],
  ];
  return { facts, maps, fingerprint, files, text };
}

async function writeChanged(host: HaproxyHost, { files, text }: Planned): Promise<void> {
  const found = await host.readFile(configFile);
  // Without its tables a configuration can't be tried.
  if (found === null) await writeFiles(host, files.slice(0, -1));
  if (!isSameShape(found, text)) await tryOut(host, text);
  await writeFiles(host, files);
}

async function writeFiles(host: HaproxyHost, files: Planned["files"]): Promise<void> {
  for (const [name, content] of files) {
    if ((await host.readFile(name)) !== content) await host.writeFile(name, content);
  }
}

/** Moving traffic changes no line but those of servers, which can't be wrong; all else is tried before it counts. */
function isSameShape(found: string | null, content: string): boolean {
  return found !== null && descriptionOf(found) === descriptionOf(content);
}

function descriptionOf(config: string): string | undefined {
  return /^ {2}description (.*)$/m.exec(config)?.[1];
}

async function tryOut(host: HaproxyHost, content: string): Promise<void> {
  await host.writeFile(candidateFile, content);
  const fault = await host.check(candidateFile);
  if (fault === null) return;
  throw new SlipwayError("GATEWAY_FAILED", "HAProxy would not start with its new configuration.", {
    hint: "It goes on with the one before. The lines above are its own words.",
    details: fault.trim().split("\n"),
  });
}

async function takeCertificates({ host, settings }: GatewayPlace): Promise<Certificates | null> {
  if (settings.tls === null) return null;
  const taken = await host.takeCertificates(settings.tls.certificates);
  if (taken !== null) return taken;
  throw new SlipwayError(
    "CERTIFICATE_MISSING",
    `The certificate folder ${settings.tls.certificates} holds no file that ends with ".pem".`,
    { hint: "Each file holds a certificate, its chain and its key." },
  );
}

function seenBy(certificates: Certificates | null, settings: HaproxySettings): HaproxySettings {
  if (settings.tls === null || certificates === null) return settings;
  return { ...settings, tls: { ...settings.tls, certificates: certificates.folder } };
}

function refuseOverrun(before: GatewayFacts, epoch: number): void {
  if (epoch >= before.epoch) return;
  throw new SlipwayError(
    "RUN_SUPERSEDED",
    `Another run has taken over the environment (epoch ${before.epoch}, this one has ${epoch}), so the gateway refused a change.`,
    { hint: "This run changes nothing any more. See what happened: npx nx run tools:history" },
  );
}

/** One without a lock leaves the epoch as it is. */
function epochAfter(before: GatewayFacts, epoch: number): number {
  return epoch === Number.MAX_SAFE_INTEGER ? before.epoch : epoch;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
