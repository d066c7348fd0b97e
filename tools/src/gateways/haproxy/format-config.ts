import { hashContent } from "../../deploy/hash-content.ts";
import { formatFrontends } from "./format-frontends.ts";
import { type GatewayFacts, type Pool, poolName, type Slot, slotNames } from "./gateway-facts.ts";
import { defaultLimits, type HaproxyLimits, type HaproxySettings } from "./haproxy-settings.ts";
import { nowhere, relay } from "./plan-maps.ts";

/** Where there is no instance: nothing listens there, and the server is switched off. */
export const nobody = { host: "127.0.0.1", port: 1 };

export interface ConfigFacts {
  settings: HaproxySettings;
  facts: GatewayFacts;
  /** The gateway's folder as HAProxy sees it. */
  folder: string;
  /** Of the certificate folder; null without TLS. */
  certificatesDigest: string | null;
}

export interface HaproxyConfig {
  text: string;
  /** Of all that only a reload changes; a worker tells it as its description. */
  fingerprint: string;
}

/** The configuration that makes a fresh HAProxy do what the facts say. */
export function formatHaproxyConfig(given: ConfigFacts): HaproxyConfig {
  const { settings, facts, certificatesDigest } = given;
  const limits = { ...defaultLimits, ...settings.limits };
  const fixed = [
    ...formatDefaults(given.folder, limits),
    ...formatFrontends(settings, limits, given.folder),
  ];
  const shape = JSON.stringify([fixed, facts.pools.length, certificatesDigest]);
  const fingerprint = `slipway-${hashContent(shape).slice(0, 16)}`;
  const lines = [
    "# Written by Slipway before each change; what is edited here is lost.",
    ...formatGlobal(given.folder, limits, fingerprint),
    ...fixed,
    `backend ${nowhere}`,
    `  http-request return status 404 content-type application/json lf-string "%[str(404-),concat(,txn.format),map_str(${given.folder}/pages.map)]" hdr x-refusal 1`,
    ...formatRelay(settings, limits),
    ...facts.pools.flatMap((pool, index) => formatPool(pool, index, limits)),
  ];
  return { text: `${lines.join("\n")}\n`, fingerprint };
}

function formatGlobal(folder: string, { streamMs }: HaproxyLimits, fingerprint: string): string[] {
  return [
    "global",
    `  description ${fingerprint}`,
    "  log stdout format raw local0 info",
    `  stats socket ${folder}/run.sock mode 600 level admin expose-fd listeners`,
    `  hard-stop-after ${streamMs}ms`,
    "  tune.bufsize 32768",
    "  ssl-default-bind-options ssl-min-ver TLSv1.2 no-tls-tickets",
    "",
  ];
}

function formatDefaults(folder: string, limits: HaproxyLimits): string[] {
  return [
    "defaults",
    "  mode http",
    "  log global",
    // A request never meets a connection that the service is just closing, and a drained instance holds none of ours.
    "  option http-server-close",
    // Clients of a worker that was reloaded are asked to come back by its next answer, not cut.
    "  option idle-close-on-response",
    "  option http-ignore-probes",
    // Repeated is only what never reached a service.
    "  retry-on conn-failure",
    "  retries 2",
    "  option redispatch",
    "  timeout connect 2s",
    `  timeout client ${limits.clientMs}ms`,
    `  timeout server ${limits.answerMs}ms`,
    `  timeout tunnel ${limits.streamMs}ms`,
    "  timeout http-request 15s",
    "  timeout http-keep-alive 75s",
    ...[400, 408].map((status) => formatEarlyError(status)),
    ...[502, 503, 504].map((status) => formatError(status, folder)),
    "",
  ];
}

/** So early that nothing is known of the client's taste. */
function formatEarlyError(status: number): string {
  const message =
    status === 400 ? "This is not a valid HTTP request." : "The request did not arrive in time.";
  return `  http-error status ${status} content-type application/json string '{"success":false,"message":"${message}"}'`;
}

function formatError(status: number, folder: string): string {
  return `  http-error status ${status} content-type application/json lf-string "%[str(${status}-),concat(,txn.format),map_str(${folder}/pages.map)]" hdr x-refusal 1`;
}

function formatRelay({ internalBinds }: HaproxySettings, { streamMs }: HaproxyLimits): string[] {
  return [
    "",
    `backend ${relay}`,
    formatStreamTimeout(streamMs),
    "  http-request set-path /%[var(txn.name)]%[path]",
    `  server current ${formatReachable(internalBinds[0] ?? "")}`,
  ];
}

/** An address to listen on as one to connect to. */
function formatReachable(bind: string): string {
  return bind.replace(/^(\*|0\.0\.0\.0|\[::\]|)(?=:\d+$)/, "127.0.0.1");
}

/** An event stream may be silent for as long as a WebSocket. */
function formatStreamTimeout(streamMs: number): string {
  return `  http-request set-timeout server ${streamMs}ms if { req.hdr(accept) -m sub text/event-stream }`;
}

function formatPool({ slots }: Pool, index: number, { streamMs }: HaproxyLimits): string[] {
  return [
    "",
    `backend ${poolName(index)}`,
    formatStreamTimeout(streamMs),
    ...slotNames.map((name) => formatServer(name, slots[name])),
  ];
}

function formatServer(name: string, slot: Slot | null): string {
  const address = slot?.address ?? `${nobody.host}:${nobody.port}`;
  return `  server ${name} ${address}${slot?.isActive === true ? "" : " disabled"}`;
}
