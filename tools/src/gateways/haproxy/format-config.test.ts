import { expect, test } from "vitest";

import { ensureService, shiftService } from "./change-facts.ts";
import { type ConfigFacts, formatHaproxyConfig } from "./format-config.ts";
import { createFacts } from "./gateway-facts.ts";
import type { HaproxySettings } from "./haproxy-settings.ts";

const settings: HaproxySettings = {
  publicUrl: "https://my.example.org",
  internalUrl: "http://gateway:8081",
  publicBinds: [":80"],
  internalBinds: [":8081"],
  tls: { binds: [":443"], certificates: "/certificates" },
};
const known = ensureService(createFacts("pass"), "core", [{ path: "/api/core", strip: true }]);
const moved = shiftService(
  shiftService(known, "core", { instance: "core-1", address: "10.0.0.7:8084" }),
  "core",
  { instance: "core-2", address: "10.0.0.8:8084" },
);
const given: ConfigFacts = {
  settings,
  facts: moved,
  folder: "/gateway",
  certificatesDigest: "one",
};

test("starts with the active instance alone: what drained before has no requests any more", () => {
  const { text } = formatHaproxyConfig(given);

  expect(text).toContain(
    "  server a 10.0.0.7:8084 disabled\n  server b 10.0.0.8:8084\n\nbackend pool01\n",
  );
  expect(text).toContain("  server a 127.0.0.1:1 disabled\n  server b 127.0.0.1:1 disabled\n");
});

test("has what keeps requests alive", () => {
  const { text } = formatHaproxyConfig(given);

  expect(text).toContain("option idle-close-on-response");
  expect(text).toContain("option redispatch");
  expect(text).toContain("retry-on conn-failure");
  expect(text).toContain("expose-fd listeners");
  expect(text).toContain("option http-server-close");
});

test("listens with certificates, and leads plain requests to the one address people know", () => {
  const { text } = formatHaproxyConfig(given);

  expect(text).toContain("  bind :443 ssl crt /certificates alpn h2,http/1.1\n");
  expect(text).toContain("redirect prefix https://my.example.org code 308 unless { ssl_fc }");
  expect(text).toContain("ssl-min-ver TLSv1.2");
});

test("reaches its own internal side where it listens on every address", () => {
  expect(formatHaproxyConfig(given).text).toContain(
    "  http-request set-path /%[var(txn.name)]%[path]\n  server current 127.0.0.1:8081\n",
  );
});

test("moving traffic and declaring a service need no reload", () => {
  const before = formatHaproxyConfig({ ...given, facts: known });

  expect(formatHaproxyConfig(given).fingerprint).toBe(before.fingerprint);
});

test.for([
  [{ certificatesDigest: "two" }],
  [{ settings: { ...settings, publicBinds: [":8080"] } }],
  [{ settings: { ...settings, limits: { bodyBytes: 7 } } }],
  [{ facts: { ...moved, pools: [...moved.pools, ...moved.pools] } }],
])("a reload is needed for %j", ([change]) => {
  expect(formatHaproxyConfig({ ...given, ...change }).fingerprint).not.toBe(
    formatHaproxyConfig(given).fingerprint,
  );
});
