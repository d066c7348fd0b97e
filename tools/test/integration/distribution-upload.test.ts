import { connect, createServer } from "node:net";
import { buffer } from "node:stream/consumers";

import { array, assert, asyncProperty, integer, uint8Array } from "fast-check";
import { expect, onTestFinished, test } from "vitest";

import { computeDigest } from "../../src/images/digest.ts";
import {
  createDistributionRegistry,
  type DistributionOptions,
} from "../../src/registries/distribution.ts";
import { splitChunks } from "../../src/registries/distribution/split-chunks.ts";
import { startStandIn, type Respond, type StandIn } from "../fixtures/stand-in-registry.ts";
import { registryLogin, startDockerRegistry } from "../fixtures/start-docker-registry.ts";

const blob = Buffer.from("0123456789".repeat(10));
const digest = computeDigest(blob);
const login = { kind: "password", user: "builder", password: "5ecret" } as const;

test("mounts a blob that another repository has, with a token for both", async () => {
  const server = await startStandIn(({ method, path, headers }, response) => {
    if (path.startsWith("/token")) {
      response.end('{"token":"granted"}');
    } else if (headers.authorization === "Bearer granted") {
      response.writeHead(method === "POST" ? 201 : 404).end();
    } else {
      const challenge = `Bearer realm="http://${headers.host}/token",service="stand-in"`;
      response.writeHead(401, { "www-authenticate": challenge }).end();
    }
  });

  const written = await open(server).writeBlob("team/events", digest, source("bases/node"));

  expect(written).toBe("mounted");
  const mount = server.seen.find(({ method }) => method === "POST");
  expect(mount?.path).toBe(
    `/v2/team/events/blobs/uploads/?mount=${encodeURIComponent(digest)}&from=bases%2Fnode`,
  );
  expect(server.seen.findLast(({ path }) => path.startsWith("/token"))?.path).toBe(
    "/token?service=stand-in&scope=repository%3Ateam%2Fevents%3Apull%2Cpush&scope=repository%3Abases%2Fnode%3Apull",
  );
});

test("goes on with the upload that an ignored mount opened", async () => {
  const server = await startStandIn(acceptUpload());

  expect(await open(server).writeBlob("events", digest, source("other"))).toBe("sent");

  expect(server.seen.map(({ method }) => method).join(" ")).toBe("HEAD POST PUT");
});

test.each([401, 403, 404, 500])("sends the blob when a mount is answered by %i", async (status) => {
  const accept = acceptUpload();
  const server = await startStandIn((request, response, count) => {
    if (request.path.includes("mount=")) {
      response.writeHead(status, { "www-authenticate": "Basic realm=here" }).end();
    } else {
      accept(request, response, count);
    }
  });

  const writing = open(server).writeBlob("events", digest, source("other"));

  await expect(writing).resolves.toBe("sent");
  expect(server.seen.at(-1)?.body).toBe(blob.toString());
});

test("sends a big blob in chunks, each where the last one ended", async () => {
  const server = await startStandIn(acceptUpload());

  await open(server, { chunkBytes: 40 }).writeBlob("events", digest, source());

  const chunks = server.seen.filter(({ method }) => method === "PATCH");
  expect(chunks.map(({ headers }) => headers["content-range"])).toEqual(["0-39", "40-79", "80-99"]);
  expect(chunks.map(({ body }) => body).join("")).toBe(blob.toString());
  expect(chunks.map(({ path }) => path)).toEqual([
    "/upload?at=0",
    "/upload?at=40",
    "/upload?at=80",
  ]);
  expect(server.seen.at(-1)).toMatchObject({
    method: "PUT",
    path: `/upload?at=100&digest=${encodeURIComponent(digest)}`,
    body: "",
  });
});

test("makes chunks as big as the registry wants them at least", async () => {
  const server = await startStandIn(acceptUpload({ "oci-chunk-min-length": "60" }));

  await open(server, { chunkBytes: 10 }).writeBlob("events", digest, source());

  expect(server.seen.filter(({ method }) => method === "PATCH")).toHaveLength(2);
});

test.each([
  ["a broken connection", null],
  ["a busy answer", 429],
  ["a failure", 503],
  ["a wrong offset", 416],
])("after %s asks how much has arrived, and goes on there", async (_what, status) => {
  const accept = acceptUpload();
  const server = await startStandIn((request, response, count) => {
    const isFirst = request.method === "PATCH" && request.path === "/upload?at=40";
    if (request.method === "GET") {
      response.writeHead(204, { range: "0-49", location: "/upload?at=50" }).end();
    } else if (isFirst && status === null) {
      response.destroy();
    } else if (isFirst) {
      response.writeHead(status ?? 500).end();
    } else {
      accept(request, response, count);
    }
  });

  await open(server, { chunkBytes: 40 }).writeBlob("events", digest, source());

  const steps = server.seen.map(({ method, headers }) =>
    [method, headers["content-range"]].filter(Boolean).join(" "),
  );
  expect(steps).toEqual([
    "HEAD",
    "POST",
    "PATCH 0-39",
    "PATCH 40-79",
    "GET",
    "PATCH 50-79",
    "PATCH 80-99",
    "PUT",
  ]);
});

test("waits as long as a busy registry asks for in the middle of an upload", async () => {
  const waits: number[] = [];
  const accept = acceptUpload();
  const server = await startStandIn((request, response, count) => {
    if (request.method === "GET") {
      response.writeHead(204, { range: "0-0", location: "/upload?at=0" }).end();
    } else if (count === 3) {
      response.writeHead(429, { "retry-after": "9" }).end();
    } else {
      accept(request, response, count);
    }
  });
  const registry = open(server, { chunkBytes: 40, wait: async (ms) => waits.push(ms) });

  await registry.writeBlob("events", digest, source());

  expect(waits).toEqual([9000]);
});

test("starts over when the registry has forgotten the upload", async () => {
  const accept = acceptUpload();
  const server = await startStandIn((request, response, count) => {
    if (request.method === "GET") {
      response.writeHead(404).end();
    } else if (count === 4) {
      response.destroy();
    } else {
      accept(request, response, count);
    }
  });

  await open(server, { chunkBytes: 40 }).writeBlob("events", digest, source());

  expect(server.seen.map(({ method }) => method).join(" ")).toBe(
    "HEAD POST PATCH PATCH GET HEAD POST PATCH PATCH PATCH PUT",
  );
});

test("refuses a registry that stores something else", async () => {
  const server = await startStandIn(({ method }, response) => {
    const other = { "docker-content-digest": computeDigest("other"), location: "/upload?at=0" };
    response.writeHead(method === "HEAD" ? 404 : method === "POST" ? 202 : 201, other).end();
  });

  await expect(open(server).writeBlob("events", digest, blob)).rejects.toMatchObject({
    code: "DIGEST_MISMATCH",
  });
  await expect(open(server).writeManifest("events", manifest, "1.0.0")).rejects.toMatchObject({
    code: "DIGEST_MISMATCH",
  });
});

test("lists tags over several pages", async () => {
  const server = await startStandIn(({ path }, response) => {
    const isSecond = path.includes("last=2");
    const link = '</v2/events/tags/list?n=1000&last=2>; rel="next"';
    response
      .writeHead(200, isSecond ? {} : { link })
      .end(JSON.stringify({ name: "events", tags: isSecond ? ["3"] : ["2", "1"] }));
  });

  expect(await open(server).listTags("events")).toEqual(["1", "2", "3"]);
});

test.each(["{", "[]", '{"tags":[1]}', '{"tags":"a"}'])(
  "refuses the list of tags %s",
  async (text) => {
    const server = await startStandIn((_request, response) => response.end(text));

    await expect(open(server).listTags("events")).rejects.toMatchObject({
      code: "REGISTRY_FAILED",
    });
  },
);

test("trusts a registry's own list of what refers to an image, and writes none beside it", async () => {
  const referrer = { mediaType: "m", digest: computeDigest("r"), size: 1, artifactType: "text/a" };
  const server = await startStandIn(({ method, path }, response) => {
    const isList = path.startsWith("/v2/events/referrers/");
    const index = { schemaVersion: 2, manifests: [referrer] };
    response.writeHead(method === "PUT" ? 201 : 200).end(isList ? JSON.stringify(index) : "");
  });

  await open(server).writeManifest("events", manifest);

  expect(await open(server).listReferrers("events", digest)).toEqual([referrer]);
  expect(server.seen.filter(({ method }) => method === "PUT")).toHaveLength(1);
});

test("a real registry gets the whole blob although the connection breaks in the middle of a chunk", async (context) => {
  const name = await startDockerRegistry(context);
  const big = Buffer.alloc(3_000_000, "a slipway ");
  const proxy = await startBreakingProxy(name, 1_500_000);
  const registry = createDistributionRegistry(proxy, {
    readCredentials: async () => registryLogin,
    wait: async () => {},
    chunkBytes: 1_000_000,
  });

  const written = await registry.writeBlob("events", computeDigest(big), big);

  expect(written).toBe("sent");
  const direct = createDistributionRegistry(name, { readCredentials: async () => registryLogin });
  expect(await buffer(await direct.readBlob("events", computeDigest(big)))).toEqual(big);
});

test("chunks hold the same bytes, all of one size but the last", async () => {
  await assert(
    asyncProperty(
      array(uint8Array({ maxLength: 50 })),
      integer({ min: 1, max: 40 }),
      async (parts, size) => {
        const chunks: Uint8Array[] = [];
        for await (const chunk of splitChunks(ReadableStream.from(parts), size)) chunks.push(chunk);
        const sizes = chunks.map(({ byteLength }) => byteLength);

        expect(Buffer.concat(chunks)).toEqual(Buffer.concat(parts));
        expect(sizes.slice(0, -1).every((each) => each === size)).toBe(true);
        expect(sizes.every((each) => each > 0 && each <= size)).toBe(true);
      },
    ),
  );
});

const manifest = Buffer.from(
  JSON.stringify({
    schemaVersion: 2,
    config: { mediaType: "c", digest, size: 100 },
    layers: [],
    subject: { mediaType: "m", digest, size: 100 },
  }),
);

function open(server: StandIn, options: DistributionOptions = {}) {
  return createDistributionRegistry(server.name, {
    readCredentials: async () => login,
    wait: async () => {},
    ...options,
  });
}

function source(mountFrom?: string) {
  return { sizeBytes: blob.byteLength, open: async () => ReadableStream.from([blob]), mountFrom };
}

/** Takes every upload; where it goes on is in the location's query. */
function acceptUpload(opening: Record<string, string> = {}): Respond {
  return ({ method, headers }, response) => {
    const end = Number(/-(?<end>\d+)$/u.exec(headers["content-range"] ?? "-0")?.groups?.["end"]);
    const statuses: Record<string, number> = { HEAD: 404, POST: 202, PATCH: 202, PUT: 201 };
    const location = `/upload?at=${method === "PATCH" ? end + 1 : 0}`;
    response.writeHead(statuses[method] ?? 500, { location, ...opening }).end();
  };
}

/** Cuts the connection that has carried this many bytes towards the registry, once. */
async function startBreakingProxy(name: string, afterBytes: number): Promise<string> {
  let sent = 0;
  let isBroken = false;
  const [host, port] = name.split(":");
  const server = createServer((client) => {
    const upstream = connect(Number(port), host);
    client.on("data", (chunk: Uint8Array) => {
      sent += chunk.byteLength;
      if (!isBroken && sent > afterBytes) {
        isBroken = true;
        client.destroy();
      }
    });
    client.pipe(upstream).pipe(client);
    client.on("close", () => upstream.destroy());
    upstream.on("error", () => client.destroy());
    client.on("error", () => upstream.destroy());
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  onTestFinished(() => void server.close());
  const address = server.address();
  return `127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
}
