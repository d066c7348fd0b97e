import type { ServerResponse } from "node:http";
import { buffer } from "node:stream/consumers";

import { expect, test } from "vitest";

import { computeDigest } from "../../src/images/digest.ts";
import {
  createDistributionRegistry,
  type DistributionOptions,
} from "../../src/registries/distribution.ts";
import { startStandIn, type StandIn } from "../fixtures/stand-in-registry.ts";

const blob = Buffer.from("a layer ".repeat(1000));
const digest = computeDigest(blob);
const login = { kind: "password", user: "builder", password: "5ecret" } as const;
const identity = { kind: "identity-token", token: "identity" } as const;
const basic = `Basic ${Buffer.from("builder:5ecret").toString("base64")}`;

test("asks for all four kinds of manifest", async () => {
  const server = await startStandIn((_request, response) => response.end("{}"));

  await open(server).readManifest("library/node", "24");

  expect(server.seen[0]?.path).toBe("/v2/library/node/manifests/24");
  expect(server.seen[0]?.headers.accept?.split(", ").toSorted()).toEqual([
    "application/vnd.docker.distribution.manifest.list.v2+json",
    "application/vnd.docker.distribution.manifest.v2+json",
    "application/vnd.oci.image.index.v1+json",
    "application/vnd.oci.image.manifest.v1+json",
  ]);
});

test("refuses a manifest of another digest", async () => {
  const server = await startStandIn((_request, response) => response.end("{}"));

  await expect(open(server).readManifest("node", digest)).rejects.toMatchObject({
    code: "DIGEST_MISMATCH",
  });
});

test("gets one anonymous token and uses it again", async () => {
  const server = await startTokenRegistry();
  const registry = open(server);

  await buffer(await registry.readBlob("node", digest));
  await buffer(await registry.readBlob("node", digest));

  expect(server.seen.map(({ path }) => path)).toEqual([
    `/v2/node/blobs/${digest}`,
    "/token?service=stand-in&scope=repository%3Anode%3Apull",
    `/v2/node/blobs/${digest}`,
    `/v2/node/blobs/${digest}`,
  ]);
  expect(server.seen[1]?.headers.authorization).toBeUndefined();
});

test("signs in at the token service with a name and a password", async () => {
  const server = await startTokenRegistry();

  await buffer(await open(server, { readCredentials: async () => login }).readBlob("node", digest));

  expect(server.seen.map(({ headers }) => headers.authorization)).toEqual([
    undefined,
    basic,
    "Bearer granted",
  ]);
});

test("exchanges an identity token", async () => {
  const server = await startTokenRegistry();
  const registry = open(server, { readCredentials: async () => identity });

  await buffer(await registry.readBlob("node", digest));

  expect(server.seen[1]).toMatchObject({
    method: "POST",
    body: "grant_type=refresh_token&client_id=slipway&service=stand-in&scope=repository%3Anode%3Apull&refresh_token=identity",
  });
});

test("stops when a fresh token is not enough, and keeps the password out of the message", async () => {
  const server = await startTokenRegistry("something else");

  const failure = await open(server, { readCredentials: async () => login })
    .readManifest("node", "24")
    .catch((error: unknown) => error);

  expect(failure).toMatchObject({
    code: "REGISTRY_DENIED",
    message: expect.stringContaining("does not let us read node; it answered 401"),
  });
  expect(JSON.stringify(failure) + String(failure)).not.toMatch(/5ecret|granted|Basic/u);
  expect(server.seen).toHaveLength(3);
});

test("sends no password to a token service by plain HTTP elsewhere", async () => {
  const server = await startStandIn((_request, response) => {
    response
      .writeHead(401, { "www-authenticate": 'Bearer realm="http://example.org/token"' })
      .end();
  });

  await expect(
    open(server, { readCredentials: async () => login }).readManifest("node", "24"),
  ).rejects.toMatchObject({ code: "REGISTRY_UNSAFE" });
});

test("waits as long as a busy registry asks for", async () => {
  const waits: number[] = [];
  const server = await startStandIn((_request, response, count) => {
    response.writeHead(count < 3 ? 429 : 200, { "retry-after": "7" }).end("{}");
  });

  await open(server, { wait: async (ms) => waits.push(ms) }).readManifest("node", "24");

  expect(waits).toEqual([7000, 7000]);
});

test("waits longer each time for a registry that fails, and then says so", async () => {
  const waits: number[] = [];
  const server = await startStandIn((_request, response) => response.writeHead(503).end());

  await expect(
    open(server, { wait: async (ms) => waits.push(ms) }).readManifest("node", "24"),
  ).rejects.toMatchObject({
    code: "REGISTRY_UNREACHABLE",
    message: expect.stringContaining("in 5 attempts: the last answer was 503"),
  });
  expect(waits).toHaveLength(4);
  expect(waits).toEqual(waits.toSorted((a, b) => a - b));
});

test("does not wait for an hour", async () => {
  const server = await startStandIn((_request, response) => {
    response.writeHead(429, { "retry-after": "3600" }).end();
  });

  await expect(open(server).readManifest("node", "24")).rejects.toMatchObject({
    code: "REGISTRY_UNREACHABLE",
    hint: expect.stringContaining("3600 s"),
  });
  expect(server.seen).toHaveLength(1);
});

test("gives up on a registry that says nothing", async () => {
  const server = await startStandIn(() => {});

  await expect(open(server, { idleMs: 50 }).readManifest("node", "24")).rejects.toMatchObject({
    code: "REGISTRY_UNREACHABLE",
    message: expect.stringContaining("sent nothing for 50 ms"),
  });
});

test("takes a blob up where the connection broke", async () => {
  const server = await startStandIn(({ headers }, response) => {
    const from = Number(/\d+/u.exec(headers.range ?? "0")?.[0]);
    const range = { "content-range": `bytes ${from}-7999/8000` };
    response.writeHead(from > 0 ? 206 : 200, { "content-length": 8000 - from, ...range });
    response.write(blob.subarray(from, from + 4000), () =>
      from > 0 ? response.end() : response.destroy(),
    );
  });

  const content = await buffer(await open(server).readBlob("node", digest));

  expect(content).toEqual(blob);
  expect(server.seen.map(({ headers }) => headers.range)).toEqual([undefined, "bytes=4000-"]);
});

test("says that a blob always breaks off", async () => {
  const server = await startStandIn((_request, response) => {
    response.writeHead(200, { "content-length": 8000 });
    response.write(blob.subarray(0, 100), () => response.destroy());
  });

  await expect(open(server).readBlob("node", digest).then(buffer)).rejects.toMatchObject({
    code: "REGISTRY_UNREACHABLE",
    message: expect.stringContaining("broke off"),
  });
});

test.each([
  ["other content", "something else"],
  ["less content", blob.subarray(0, 7000)],
])("refuses %s under the digest", async (_what, content) => {
  const server = await startStandIn((_request, response) => response.end(content));

  await expect(open(server).readBlob("node", digest).then(buffer)).rejects.toMatchObject({
    code: "DIGEST_MISMATCH",
  });
});

test("follows a redirect without the password", async () => {
  const storage = await startStandIn((_request, response) => response.end(blob));
  const server = await startStandIn(({ headers }, response) => {
    const answer = headers.authorization === basic ? 307 : 401;
    response
      .writeHead(answer, {
        "www-authenticate": "Basic realm=here",
        location: `http://${storage.name}/stored?signature=abc`,
      })
      .end();
  });

  const registry = open(server, { readCredentials: async () => login });
  const content = await buffer(await registry.readBlob("node", digest));

  expect(content).toEqual(blob);
  expect(storage.seen[0]?.path).toBe("/stored?signature=abc");
  expect(storage.seen[0]?.headers.authorization).toBeUndefined();
});

test.each([
  ["https://10.0.0.1/secret?signature=abc", "a private address"],
  ["https://169.254.169.254/latest/meta-data", "a link-local address"],
  ["https://[::ffff:192.168.0.1]/", "a private address"],
  ["https://[fe80::1]/", "a link-local address"],
  ["http://example.org/", "is not HTTPS"],
  ["file:///etc/passwd", "is not HTTPS"],
])("follows no redirect to %s", async (location, words) => {
  const server = await startStandIn((_request, response) =>
    response.writeHead(307, { location }).end(),
  );

  const failure = await open(server)
    .readBlob("node", digest)
    .catch((error: unknown) => error);

  expect(failure).toMatchObject({
    code: "REGISTRY_UNSAFE",
    message: expect.stringContaining(words),
  });
  expect(String(failure)).not.toContain("signature");
});

test("leaves a circle of redirects", async () => {
  const server = await startStandIn(({ path }, response) =>
    response.writeHead(307, { location: path }).end(),
  );

  await expect(open(server).readBlob("node", digest)).rejects.toMatchObject({
    code: "REGISTRY_UNSAFE",
    message: expect.stringContaining("more than 5 times"),
  });
});

test("starts an upload over when the registry lost it", async () => {
  const server = await startStandIn(({ method }, response, count) => {
    const answers: Record<string, number> = { HEAD: 404, POST: 202, PUT: count === 3 ? 500 : 201 };
    response.writeHead(answers[method] ?? 500, { location: "/upload?state=1" }).end();
  });

  await open(server).writeBlob("events", digest, blob);

  expect(server.seen.map(({ method }) => method).join(" ")).toBe("HEAD POST PUT HEAD POST PUT");
  expect(server.seen[2]?.path).toBe(`/upload?state=1&digest=${encodeURIComponent(digest)}`);
  expect(server.seen[5]?.body).toBe(blob.toString());
});

test("names what the registry complains about", async () => {
  const server = await startStandIn((_request, response) =>
    response.writeHead(400).end('{"errors":[{"code":"NAME_INVALID","message":"\u001B[31m"}]}'),
  );

  await expect(open(server).readManifest("node", "24")).rejects.toMatchObject({
    code: "REGISTRY_FAILED",
    message: expect.stringContaining("answered 400 NAME_INVALID to GET of manifests/24 of node"),
  });
});

test("sends a manifest again whose right digest the registry calls invalid while another client writes", async () => {
  const server = await startStandIn((_request, response, count) =>
    count < 3 ? refuseDigest(response) : response.writeHead(201).end(),
  );

  expect(await open(server).writeManifest("node", manifest, "24")).toBe(computeDigest(manifest));
  expect(server.seen.map(({ body }) => body)).toEqual(Array(3).fill(manifest.toString()));
});

test("takes a registry's word that a digest is invalid after four times", async () => {
  const server = await startStandIn((_request, response) => refuseDigest(response));

  await expect(open(server).writeManifest("node", manifest, "24")).rejects.toMatchObject({
    code: "REGISTRY_FAILED",
    message: expect.stringContaining("answered 400 DIGEST_INVALID to PUT of manifests/24 of node"),
  });
  expect(server.seen).toHaveLength(4);
});

const manifest = Buffer.from(
  '{"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[]}',
);

function refuseDigest(response: ServerResponse): void {
  response.writeHead(400).end('{"errors":[{"code":"DIGEST_INVALID"}]}');
}

async function startTokenRegistry(right = "Bearer granted"): Promise<StandIn> {
  return startStandIn(({ path, headers }, response) => {
    const realm = `http://${headers.host}/token`;
    const isAllowed = headers.authorization === right;
    const challenge = `Bearer realm="${realm}",service="stand-in",scope="repository:node:pull"`;
    const answer = path.startsWith("/token") ? '{"token":"granted","expires_in":300}' : blob;
    response
      .writeHead(isAllowed || path.startsWith("/token") ? 200 : 401, {
        "www-authenticate": challenge,
      })
      .end(answer);
  });
}

function open(server: StandIn, options: DistributionOptions = {}) {
  return createDistributionRegistry(server.name, {
    readCredentials: async () => null,
    wait: async () => {},
    ...options,
  });
}
