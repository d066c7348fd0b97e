import { generateKeyPairSync } from "node:crypto";
import { writeFile } from "node:fs/promises";
import path from "node:path";

import { expect, onTestFinished, test, vi } from "vitest";

import { verifyImage } from "../../src/attest/verify-image.ts";
import { buildReleaseImages } from "../../src/images/build-release-images.ts";
import { createBlobPool } from "../../src/registries/blob-pool.ts";
import { createOciLayoutRegistry } from "../../src/registries/oci-layout.ts";
import { publishImage } from "../../src/registries/publish-image.ts";
import { tagImage } from "../../src/registries/tag-image.ts";
import { createFakeRegistry } from "../fakes/fake-registry.ts";
import { edit, replaceAll } from "../fixtures/built-images.ts";
import { writePlatformBase } from "../fixtures/platform-base.ts";
import { openRegistry, publishAll } from "../fixtures/published-images.ts";
import { readStored } from "../fixtures/read-stored.ts";
import {
  buildRelease,
  createPlatformBase,
  createReleaseWorkspace,
  releaseCommit as commit,
} from "../fixtures/release-workspace.ts";
import { registryLogin } from "../fixtures/start-docker-registry.ts";
import { createTestFolder, writeFiles } from "../fixtures/test-folder.ts";

test("publishing sends everything once and names nothing", async (context) => {
  const { registry, images } = await buildRelease();
  const target = await openRegistry(context);

  const first = await publishAll(registry, target, { images });
  const second = await publishAll(registry, target, { images });

  expect(first.sentBytes).toBeGreaterThan(1000);
  expect(second.sentBytes).toBe(0);
  expect(await target.registry.listTags("team/hello")).toEqual([]);
  const found = await target.registry.listReferrers("team/hello", images[0]?.digest ?? "");
  expect(found.map(({ digest }) => digest).toSorted(compareText)).toEqual(
    [images[0]?.sbom, images[0]?.provenance].toSorted(compareText),
  );
});

test("a base's layer is sent once for all images", async (context) => {
  const { registry, images } = await buildRelease();
  const target = await openRegistry(context);

  const { events } = await publishAll(registry, target, { images });

  const base = await readStored(registry, "plain", images[1]?.platforms["linux/amd64"]);
  const layer = listLayers(base)[0];
  const how = events.filter(({ digest }) => digest === layer).map((event) => event.how);
  expect(how.toSorted(compareText)).toEqual(["mounted", "sent"]);
});

test("a base in the same registry is mounted, and none of its bytes pass through here", async (context) => {
  const target = await openRegistry(context);
  const digest = await writePlatformBase({ registry: target.registry, repository: "bases/node" });
  const workspace = await createReleaseWorkspace();
  const folder = await createTestFolder("release-");
  const base = `${target.name}/bases/node@${digest}`;
  await useDockerLogin({ auths: { [target.name ?? ""]: { auth: basicAuth } } });

  const images = await buildReleaseImages({ workspace, commit, folder, base });
  const { events } = await publishAll(createOciLayoutRegistry(folder), target, { images });

  const index = await readStored(target.registry, "bases/node", digest);
  const [child] = index.manifests;
  const [layer] = listLayers(await readStored(target.registry, "bases/node", child.digest));
  const how = events.filter((event) => event.digest === layer).map((event) => event.how);
  expect(how).toEqual(["mounted", "mounted"]);
});

test("after a change of one line only what holds it is sent", async (context) => {
  const target = await openRegistry(context);
  const workspace = await createReleaseWorkspace();
  const base = await createPlatformBase();
  const before = await buildRelease({ workspace, base });
  await publishAll(before.registry, target, before);
  await edit(workspace, "services/hello/src/excited.ts", replaceAll("!", "!!"));

  const after = await buildRelease({ workspace, base });
  const { events } = await publishAll(after.registry, target, after);

  expect(after.images[1]?.digest).toBe(before.images[1]?.digest);
  const sent = events.filter(({ how }) => how === "sent");
  expect(new Set(sent.map(({ repository }) => repository))).toEqual(new Set(["team/hello"]));
  const layers = listLayers(
    await readStored(after.registry, "hello", after.images[0]?.platforms["linux/amd64"]),
  );
  expect(layers.filter((digest) => sent.some((event) => event.digest === digest))).toEqual([
    layers.at(-1),
  ]);
});

test("sends nothing of an image without attestations", async () => {
  const { registry, images } = await buildRelease();
  const target = createFakeRegistry();
  const digest = images[0]?.platforms["linux/amd64"] ?? "";

  const publishing = publishImage({
    from: { registry, repository: "hello" },
    to: { registry: target, repository: "hello" },
    digest,
    pool: createBlobPool({ registry: null }),
  });

  await expect(publishing).rejects.toMatchObject({
    code: "ATTESTATION_MISSING",
    message: `Image ${digest} has no SBOM, no provenance.`,
  });
  expect(target.writes).toEqual([]);
});

test("sends nothing of an unsigned image where signatures are wanted", async () => {
  const { registry, images } = await buildRelease();

  const publishing = publishImage({
    from: { registry, repository: "hello" },
    to: { registry: createFakeRegistry(), repository: "hello" },
    digest: images[0]?.digest ?? "",
    pool: createBlobPool({ registry: null }),
    isSigned: true,
  });

  await expect(publishing).rejects.toMatchObject({ code: "ATTESTATION_MISSING" });
});

test.each(["ed25519", "p256"])(
  "what a key of kind %s signed is verified in the registry",
  async (kind) => {
    const pair =
      kind === "p256"
        ? generateKeyPairSync("ec", { namedCurve: "P-256" })
        : generateKeyPairSync("ed25519");
    const signingKeyFile = path.join(await createTestFolder("key-"), "key.pem");
    await writeFile(signingKeyFile, pair.privateKey.export({ type: "pkcs8", format: "pem" }));
    const { registry, images } = await buildRelease({ signingKeyFile });
    const target = createFakeRegistry();
    await publishAll(registry, { registry: target, name: null }, { images, isSigned: true });
    const place = { registry: target, repository: "team/hello" };
    const { publicKey: stranger } = generateKeyPairSync("ed25519");

    await expect(
      verifyImage(place, images[0]?.digest ?? "", pair.publicKey),
    ).resolves.toBeUndefined();
    await expect(verifyImage(place, images[0]?.digest ?? "", stranger)).rejects.toMatchObject({
      code: "SIGNATURE_INVALID",
      details: [expect.stringContaining("it was signed by the key")],
    });
  },
);

test("a tag comes after the image, and names all of it", async (context) => {
  const { registry, images } = await buildRelease();
  const target = await openRegistry(context);
  await publishAll(registry, target, { images });
  const place = { registry: target.registry, repository: "team/hello" };

  await tagImage(place, images[0]?.digest ?? "", "1.2.3");

  expect(await target.registry.listTags("team/hello")).toEqual(["1.2.3"]);
  await expect(tagImage(place, `sha256:${"0".repeat(64)}`, "1.2.4")).rejects.toMatchObject({
    code: "IMAGE_MISSING",
  });
});

const basicAuth = Buffer.from(`${registryLogin.user}:${registryLogin.password}`).toString("base64");

async function useDockerLogin(configuration: object): Promise<void> {
  const folder = await createTestFolder("docker-");
  await writeFiles(folder, { "config.json": JSON.stringify(configuration) });
  vi.stubEnv("DOCKER_CONFIG", folder);
  onTestFinished(() => void vi.unstubAllEnvs());
}

function listLayers({ layers }: { layers: { digest: string }[] }): string[] {
  return layers.map(({ digest }) => digest);
}

function compareText(a: string | undefined, b: string | undefined): number {
  return (a ?? "") < (b ?? "") ? -1 : 1;
}
