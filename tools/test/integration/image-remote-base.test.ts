import { readFile, rm, stat } from "node:fs/promises";
import path from "node:path";

import { expect, onTestFinished, test, vi } from "vitest";

import { computeDigest } from "../../src/images/digest.ts";
import { imageCacheFolder, imagesFolder } from "../../src/images/image-folders.ts";
import { readBase } from "../../src/images/read-base.ts";
import { blobPath } from "../../src/registries/blob-path.ts";
import { createDistributionRegistry } from "../../src/registries/distribution.ts";
import { build } from "../fixtures/built-images.ts";
import { createHandmadeImage, type HandmadeImage } from "../fixtures/handmade-image.ts";
import { createImageWorkspace } from "../fixtures/image-workspace.ts";
import { startStandIn } from "../fixtures/stand-in-registry.ts";
import { registryLogin, startDockerRegistry } from "../fixtures/start-docker-registry.ts";
import { createTestFolder, writeFiles } from "../fixtures/test-folder.ts";

test("an image stands on a base from a registry that wants a password", async (context) => {
  const name = await startDockerRegistry(context);
  const image = await createHandmadeImage({ entries: [[{ name: "usr/bin/node" }, "no node"]] });
  await push(image, name);
  const { user, password } = registryLogin;
  const auth = Buffer.from(`${user}:${password}`).toString("base64");
  await useDockerConfiguration({ auths: { [name]: { auth } } });
  const base = `${name}/library/node@${image.digest}`;
  const workspace = await createImageWorkspace({
    "tools/slipway.yaml": `image:\n  base: ${base}\n`,
  });

  const [hello] = await build(workspace);

  const layout = path.join(imagesFolder(workspace), "hello");
  const kept = path.join(imageCacheFolder(workspace), "bases");
  const manifest: unknown = JSON.parse(
    await readFile(blobPath(layout, hello?.digest ?? ""), "utf8"),
  );
  expect(manifest).toMatchObject({
    annotations: {
      "org.opencontainers.image.base.name": base,
      "org.opencontainers.image.base.digest": image.digest,
    },
  });
  expect((await stat(blobPath(layout, image.layer))).ino).toBe(
    (await stat(blobPath(kept, image.layer))).ino,
  );
});

test("chooses the platform, and asks for nothing a second time", async () => {
  const { image, index, server, workspace } = await serveIndex();
  const name = `${server.name}/library/node@${computeDigest(index)}`;
  const request = { name, workspace, architecture: "amd64" };

  const first = await readBase(request);
  const asked = server.seen.length;
  const second = await readBase(request);

  expect(first).toMatchObject({ digest: image.digest, layers: [{ digest: image.layer }] });
  expect(second).toEqual(first);
  expect(asked).toBe(4);
  expect(server.seen).toHaveLength(asked);
});

test("asks again only for what is gone", async () => {
  const { image, index, server, workspace } = await serveIndex();
  const name = `${server.name}/library/node@${computeDigest(index)}`;
  const { folder } = await readBase({ name, workspace, architecture: "amd64" });
  await rm(blobPath(folder ?? "", image.layer));

  await readBase({ name, workspace, architecture: "amd64" });

  expect(server.seen.slice(4).map(({ path: asked }) => asked)).toEqual([
    `/v2/library/node/blobs/${image.layer}`,
  ]);
});

test("says that there is no image for a platform", async () => {
  const { index, server, workspace } = await serveIndex();
  const name = `${server.name}/library/node@${computeDigest(index)}`;

  await expect(readBase({ name, workspace, architecture: "s390x" })).rejects.toMatchObject({
    code: "CONFIG_INVALID",
    message: expect.stringContaining("has no image for linux/s390x"),
  });
});

test("says that a base is not in its registry", async () => {
  const { image, server, workspace } = await serveIndex();
  const name = `${server.name}/library/node@${image.layer}`;

  await expect(readBase({ name, workspace, architecture: "amd64" })).rejects.toMatchObject({
    code: "IMAGE_MISSING",
  });
});

test("keeps nothing of a layer that is longer than its manifest says", async () => {
  const image = await createHandmadeImage({ entries: [], sizeBytes: 3 });
  const { server, workspace } = await serveIndex(image);
  const name = `${server.name}/library/node@${image.digest}`;

  await expect(readBase({ name, workspace, architecture: "amd64" })).rejects.toMatchObject({
    code: "DIGEST_MISMATCH",
    message: expect.stringContaining("does not have the 3 bytes"),
  });
  const kept = path.join(imageCacheFolder(workspace), "bases");
  await expect(stat(blobPath(kept, image.layer))).rejects.toMatchObject({ code: "ENOENT" });
});

/** A registry with an index of Docker's kind above one image for amd64. */
async function serveIndex(given?: HandmadeImage) {
  const image = given ?? (await createHandmadeImage({ entries: [[{ name: "etc/os" }, "linux"]] }));
  const index = Buffer.from(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: "application/vnd.docker.distribution.manifest.list.v2+json",
      manifests: [
        planEntry(computeDigest("of another platform"), "arm64"),
        planEntry(image.digest, "amd64"),
      ],
    }),
  );
  const manifest =
    (await image.registry.readManifest("handmade", image.digest)) ?? new Uint8Array();
  const { config }: { config: { digest: string } } = JSON.parse(Buffer.from(manifest).toString());
  const layout = path.join(image.folder, "handmade");
  const contents = new Map([
    [`manifests/${computeDigest(index)}`, index],
    [`manifests/${image.digest}`, manifest],
    [`blobs/${config.digest}`, await readFile(blobPath(layout, config.digest))],
    [`blobs/${image.layer}`, await readFile(blobPath(layout, image.layer))],
  ]);
  const server = await startStandIn((request, response) => {
    const content = contents.get(request.path.replace("/v2/library/node/", ""));
    response.writeHead(content === undefined ? 404 : 200).end(content);
  });
  await useDockerConfiguration({});
  return { image, index, server, workspace: await createTestFolder("workspace-") };
}

function planEntry(digest: string, architecture: string) {
  const mediaType = "application/vnd.docker.distribution.manifest.v2+json";
  return { mediaType, digest, size: 1, platform: { os: "linux", architecture } };
}

async function push(image: HandmadeImage, name: string): Promise<void> {
  const target = createDistributionRegistry(name, { readCredentials: async () => registryLogin });
  const layout = path.join(image.folder, "handmade");
  const manifest = await readFile(blobPath(layout, image.digest));
  const { config }: { config: { digest: string } } = JSON.parse(manifest.toString());
  for (const digest of [config.digest, image.layer]) {
    await target.writeBlob("library/node", digest, await readFile(blobPath(layout, digest)));
  }
  await target.writeManifest("library/node", manifest);
}

async function useDockerConfiguration(configuration: object): Promise<void> {
  const folder = await createTestFolder("docker-");
  await writeFiles(folder, { "config.json": JSON.stringify(configuration) });
  vi.stubEnv("DOCKER_CONFIG", folder);
  onTestFinished(() => void vi.unstubAllEnvs());
}
