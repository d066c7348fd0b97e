import { planSecurityHeaders } from "../front-door-texts.ts";
import type { HaproxyLimits, HaproxySettings } from "./haproxy-settings.ts";
import { nowhere } from "./plan-maps.ts";
import { maxStripDepth } from "./plan-strip-depth.ts";

/** The front door and the internal side: which service a request is for, and what it may and must carry. */
export function formatFrontends(
  settings: HaproxySettings,
  limits: HaproxyLimits,
  folder: string,
): string[] {
  const map = (name: string) => `${folder}/${name}.map`;
  return [
    "frontend public",
    ...formatBinds(settings),
    ...formatLog(),
    ...formatOpening(),
    ...formatTls(settings),
    ...formatOwnAnswers(map),
    ...formatLimits(limits, map),
    `  http-request set-var(txn.route) path,concat(/),map_beg(${map("routes")})`,
    `  http-request set-var(txn.exact) path,map_str(${map("exact")})`,
    "  http-request set-var(txn.route) var(txn.exact) if { var(txn.exact) -m found }",
    ...formatPublicOrigin(),
    ...formatRouting(),
    ...formatClosing(map),
    ...planSecurityHeaders({ isTls: settings.tls !== null }).map(
      ([name, value]) =>
        `  http-after-response set-header ${name} "${value}" unless { res.hdr(${name}) -m found }`,
    ),
    "  http-after-response del-header x-powered-by",
    "  http-after-response del-header server",
    "",
    "frontend internal",
    ...settings.internalBinds.map((bind) => `  bind ${bind}`),
    ...formatLog(),
    ...formatOpening(),
    ...formatLimits(limits, map),
    `  http-request set-var(txn.route) path,field(2,/),map_str(${map("internal")})`,
    ...formatOrigin("unless { req.hdr(x-forwarded-for) -m found }"),
    ...formatRouting(),
    ...formatClosing(map),
    "",
  ];
}

function formatBinds({ publicBinds, tls }: HaproxySettings): string[] {
  return [
    ...publicBinds.map((bind) => `  bind ${bind}`),
    ...(tls?.binds ?? []).map(
      (bind) => `  bind ${bind} ssl crt ${tls?.certificates} alpn h2,http/1.1`,
    ),
  ];
}

/** One JSON object a request, without the query, which may hold tokens. */
function formatLog(): string[] {
  const fields = [
    `"time":"%[date,utime(%Y-%m-%dT%H:%M:%S)]Z"`,
    `"method":"%HM"`,
    `"path":"%[var(txn.path,),json(utf8s)]"`,
    `"status":%ST`,
    `"durationMs":%Ta`,
    `"service":%[var(txn.service,null)]`,
    `"instance":%[var(txn.instance,null)]`,
    `"requestId":"%[var(txn.id,)]"`,
    `"remote":"%ci"`,
    `"bytes":%B`,
    `"end":"%ts"`,
  ];
  return [`  log-format '{${fields.join(",")}}'`];
}

function formatOpening(): string[] {
  return [
    "  http-request set-var(txn.path) path",
    "  http-request set-var(txn.format) str(json)",
    "  http-request set-var(txn.format) str(page) if { method GET HEAD } { req.hdr(accept) -m sub text/html } !{ path_beg /api/ }",
    "  http-request set-var(txn.id) req.hdr(x-request-id) if { req.hdr(x-request-id) -m reg ^[A-Za-z0-9_.:-]{1,128}$ }",
    "  http-request set-var(txn.id) uuid unless { var(txn.id) -m found }",
    "  http-request set-header x-request-id %[var(txn.id)]",
  ];
}

function formatTls({ tls, publicUrl }: HaproxySettings): string[] {
  return tls === null
    ? []
    : [`  http-request redirect prefix ${publicUrl} code 308 unless { ssl_fc }`];
}

/** What the front door answers itself: the release set, and the page of a maintenance. */
function formatOwnAnswers(map: (name: string) => string): string[] {
  const isSet = "{ method GET HEAD } { path /.well-known/release-set }";
  return [
    `  http-request set-var(txn.announced) str(document),map_str(${map("announced")}) if ${isSet}`,
    `  http-request return status 200 content-type "application/json; charset=utf-8" lf-string "%[var(txn.announced)]" hdr cache-control no-store if { var(txn.announced) -m found }`,
    `  http-request return status 404 content-type application/json string '{"success":false,"message":"No release set is announced yet."}' hdr cache-control no-store if ${isSet}`,
    `  http-request set-var(txn.pass) str(pass),map_str(${map("switches")})`,
    `  http-request set-var(txn.switch) str(maintenance),map_str(${map("switches")})`,
    `  http-request set-var(txn.may) str(yes) if { req.hdr(x-maintenance-pass),strcmp(txn.pass) eq 0 }`,
    "  http-request del-header x-maintenance-pass",
    `  http-request return status 503 content-type application/json lf-string "%[str(maintenance-),concat(,txn.format),map_str(${map("pages")})]" hdr x-refusal 1 if { var(txn.switch) -m str on } !{ var(txn.may) -m str yes }`,
  ];
}

function formatLimits({ bodyBytes }: HaproxyLimits, map: (name: string) => string) {
  return [
    `  http-request return status 413 content-type application/json lf-string "%[str(413-),concat(,txn.format),map_str(${map("pages")})]" hdr x-refusal 1 if { req.body_size gt ${bodyBytes} }`,
    // Any other protocol (h2c) stays plain HTTP, so nothing can hide behind an upgrade.
    "  http-request del-header upgrade unless { req.hdr(upgrade) -m str -i websocket }",
  ];
}

/** A client's own claims about where it comes from are dropped. */
function formatPublicOrigin(): string[] {
  const claims = ["forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto"];
  return [
    ...[...claims, "x-real-ip"].map((name) => `  http-request del-header ${name}`),
    ...formatOrigin(""),
    "  http-request set-header x-forwarded-proto https if { ssl_fc }",
  ];
}

function formatOrigin(condition: string): string[] {
  return [
    "  http-request set-header x-forwarded-host %[req.hdr(host)]",
    "  http-request set-header x-forwarded-proto http",
    "  http-request set-header x-forwarded-for %[src]",
  ].map((line) => `${line} ${condition}`.trimEnd());
}

/** `pool03|core|2` in the tables: the backend, the service, and how many segments the service does not see. */
function formatRouting(): string[] {
  return [
    "  http-request set-var(txn.pool) var(txn.route),field(1,|)",
    "  http-request set-var(txn.name) var(txn.route),field(2,|)",
    "  http-request set-var(txn.strip) var(txn.route),field(3,|)",
    `  http-request set-var-fmt(txn.service) "\\"%[var(txn.name)]\\"" if { var(txn.name) -m len gt 0 }`,
    "  http-request set-uri %[pathq] unless { url_beg / }",
    ...Array.from({ length: maxStripDepth }, (_, index) => formatStrip(index + 1)),
    "  use_backend %[var(txn.pool)] if { var(txn.pool) -m found }",
    `  default_backend ${nowhere}`,
  ];
}

function formatStrip(depth: number): string {
  const segments = "/[^/]*".repeat(depth);
  return `  http-request set-path %[path,regsub(^${segments}/?,/)] if { var(txn.strip) -m str ${depth} }`;
}

function formatClosing(map: (name: string) => string): string[] {
  return [
    "  http-after-response set-var(txn.server) srv_name",
    `  http-after-response set-var(txn.instanceid) be_name,concat(/,txn.server),map_str(${map("instances")})`,
    `  http-after-response set-var-fmt(txn.instance) "\\"%[var(txn.instanceid)]\\"" if { var(txn.instanceid) -m found }`,
    "  http-after-response set-header x-request-id %[var(txn.id)] unless { res.hdr(x-request-id) -m found }",
    "  http-after-response set-header retry-after 2 if { status 503 } !{ res.hdr(retry-after) -m found }",
    '  http-after-response set-header content-type "text/html; charset=utf-8" if { res.hdr(x-refusal) -m found } { var(txn.format) -m str page }',
    "  http-after-response set-header cache-control no-store if { res.hdr(x-refusal) -m found }",
    "  http-after-response del-header x-refusal",
  ];
}
