import { buffer } from "node:stream/consumers";

import { expect, test } from "vitest";

import { computeDigest } from "../../src/images/digest.ts";
import { writeArtifact } from "../../src/images/write-artifact.ts";
import { createOciLayoutRegistry } from "../../src/registries/oci-layout.ts";
import { createReleaseSet } from "../../src/release/create-release-set.ts";
import {
  parseReleaseSet,
  readReleaseSet,
  releaseSetType,
  writeReleaseSet,
} from "../../src/release/release-set-store.ts";
import type { ReleasedService } from "../../src/release/release-set.ts";
import { createFakeRegistry } from "../fakes/fake-registry.ts";
import { createTestFolder } from "../fixtures/test-folder.ts";

const digest = computeDigest("image");
const hello: ReleasedService = {
  version: "1.2.3",
  digest,
  imageKey: computeDigest("key"),
  schema: { min: 1, max: 4 },
  needs: {
    port: 8080,
    routes: [{ path: "/api/hello", strip: true }],
    health: { liveness: "/healthcheck", readiness: "/readiness" },
    needs: { services: ["core"], database: true },
    secrets: [{ name: "KEY", generate: "random" }],
    resources: { memoryMb: 64 },
    drainSeconds: 10,
  },
  published: {
    platforms: { "linux/amd64": digest, "linux/arm64": computeDigest("arm") },
    baseDigest: computeDigest("base"),
    sbom: computeDigest("sbom"),
    provenance: computeDigest("provenance"),
    commit: "4f0c1d2",
    changelog: "- `$(rm -rf /)` \u001B[31m<script> *bold* | 名前",
  },
};
const set = createReleaseSet("4f0c1d2", { hello });

test("gives back a set as it was written, hostile words included", async () => {
  const place = createPlace();

  await writeReleaseSet(place, set, ["newest"]);

  expect(await readReleaseSet(place, set.id)).toEqual(set);
  expect(await readReleaseSet(place, "newest")).toEqual(set);
  expect(await readReleaseSet(place, "set-000000000000")).toBeNull();
});

test("writes nothing when the set is there", async () => {
  const registry = createFakeRegistry();
  await writeReleaseSet({ registry, repository: "sets" }, set, ["newest"]);
  const before = registry.writes.length;

  await writeReleaseSet({ registry, repository: "sets" }, set, ["newest"]);

  expect(registry.writes).toHaveLength(before);
});

test("names the set before any other tag names it", async () => {
  const registry = createFakeRegistry();

  await writeReleaseSet({ registry, repository: "sets" }, set, ["newest"]);

  const tags = registry.writes.filter(({ kind }) => kind === "tag");
  expect(tags.map(({ name }) => name)).toEqual([set.id, "newest"]);
});

test("the same services at the same commit are the same set, whatever their order", () => {
  const other = { ...hello, version: "2.0.0" };

  const one = createReleaseSet("4f0c1d2", { hello, other });
  const two = createReleaseSet("4f0c1d2", { other, hello });

  expect(one).toEqual(two);
  expect(createReleaseSet("4f0c1d3", { hello, other }).id).not.toBe(one.id);
});

test("is stored as an artifact of its own kind, which skopeo's tools can tell from an image", async () => {
  const registry = createOciLayoutRegistry(await createTestFolder("sets-"));
  await writeReleaseSet({ registry, repository: "sets" }, set);

  const manifest = JSON.parse(
    Buffer.from((await registry.readManifest("sets", set.id)) ?? []).toString(),
  );

  expect(manifest).toMatchObject({
    artifactType: releaseSetType,
    config: { mediaType: "application/vnd.oci.empty.v1+json" },
  });
  const content = await buffer(await registry.readBlob("sets", manifest.layers[0].digest));
  expect(JSON.parse(content.toString())).toEqual(set);
});

test.each([
  ["no JSON", "{", "does not fit its schema"],
  ["another kind of document", "[]", "does not fit its schema"],
  ["another version", JSON.stringify({ ...set, version: 2 }), "/version"],
  ["a field too many", JSON.stringify({ ...set, run: "rm" }), "does not fit its schema"],
  ["a path as a service", withService("../core", hello), "/services"],
  ["a prototype as a service", withService("__proto__", hello), "/services"],
  ["a digest that is none", withService("hello", { ...hello, digest: "sha256:../.." }), "/digest"],
  ["a port out of range", withPort(70_000), "/port"],
  ["a platform that is a path", withPlatform("../x"), "/platforms"],
  ["an edited version", withService("hello", { ...hello, version: "6.6.6" }), "but its content is"],
])("refuses %s under a set's name", async (_what, text, words) => {
  const place = createPlace();
  const content = Buffer.from(text);
  await writeArtifact(place, { type: releaseSetType, content }, set.id);

  await expect(readReleaseSet(place, set.id)).rejects.toMatchObject({
    code: "RELEASE_SET_INVALID",
    message: expect.stringContaining(words),
  });
});

test("refuses an artifact of another kind", async () => {
  const place = createPlace();
  await writeArtifact(place, { type: "text/plain", content: Buffer.from("{}") }, set.id);

  await expect(readReleaseSet(place, set.id)).rejects.toMatchObject({
    code: "RELEASE_SET_INVALID",
    message: `sets:${set.id} is text/plain, not a release set.`,
  });
});

test("a set of the working tree has no published facts, and is a set as well", () => {
  const { published: _published, ...local } = hello;
  const here = createReleaseSet("4f0c1d2-dirty", { hello: local });

  expect(parseReleaseSet(Buffer.from(JSON.stringify(here)), "here")).toEqual(here);
});

function createPlace() {
  return { registry: createFakeRegistry(), repository: "sets" };
}

/** A set that says it is the first one, but has this service. */
function withService(name: string, service: object): string {
  return `{"version":1,"id":"${set.id}","commit":"4f0c1d2","services":{${JSON.stringify(name)}:${JSON.stringify(service)}}}`;
}

function withPort(port: number): string {
  return withService("hello", { ...hello, needs: { ...hello.needs, port } });
}

function withPlatform(platform: string): string {
  const published = { ...hello.published, platforms: { [platform]: digest } };
  return withService("hello", { ...hello, published });
}
