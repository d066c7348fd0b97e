import { generateKeyPairSync, type KeyObject } from "node:crypto";
import path from "node:path";

import { expect, test } from "vitest";

import { readReleasedSet } from "../../src/cli/read-released-set.ts";
import { createOciLayoutRegistry } from "../../src/registries/oci-layout.ts";
import { createReleaseSet } from "../../src/release/create-release-set.ts";
import { writeReleaseSet } from "../../src/release/release-set-store.ts";
import { publishAllTo } from "../fixtures/published-images.ts";
import { buildRelease } from "../fixtures/release-workspace.ts";
import { createTestFolder, writeFiles } from "../fixtures/test-folder.ts";

test("a set is deployed when the configured key has signed all of it", async () => {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  const { workspace, id } = await release(privateKey, publicKey);

  await expect(readReleasedSet(workspace, id)).resolves.toMatchObject({ id });
});

test("a set that another key has signed is refused", async () => {
  const { privateKey } = generateKeyPairSync("ed25519");
  const { publicKey } = generateKeyPairSync("ed25519");
  const { workspace, id } = await release(privateKey, publicKey);

  await expect(readReleasedSet(workspace, id)).rejects.toMatchObject({
    code: "SIGNATURE_INVALID",
  });
});

test("a set that nobody has signed is refused", async () => {
  const { publicKey } = generateKeyPairSync("ed25519");
  const { workspace, id } = await release(null, publicKey);

  await expect(readReleasedSet(workspace, id)).rejects.toMatchObject({
    code: "SIGNATURE_INVALID",
    details: ["It has no signature at all."],
  });
});

test("without a key a set is deployed as it is", async () => {
  const { workspace, id } = await release(null, null);

  await expect(readReleasedSet(workspace, id)).resolves.toMatchObject({ id });
});

test("a file that holds no key is a fault of the settings", async () => {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  const { workspace, id } = await release(privateKey, publicKey);
  await writeFiles(workspace, { "key.pub": "no key" });

  await expect(readReleasedSet(workspace, id)).rejects.toMatchObject({ code: "CONFIG_INVALID" });
});

/** Published into a folder, by a workspace that trusts this key. */
async function release(privateKey: KeyObject | null, publicKey: KeyObject | null) {
  const workspace = await createTestFolder("deployer-");
  const trust = publicKey === null ? "" : ", publicKey: key.pub";
  await writeFiles(workspace, {
    "tools/slipway.yaml": `image: { base: embedded }\nrelease: { registry: "oci:registry"${trust} }\n`,
    "key.pem": String(privateKey?.export({ type: "pkcs8", format: "pem" }) ?? ""),
    "key.pub": String(publicKey?.export({ type: "spki", format: "pem" }) ?? ""),
  });
  const signing = privateKey === null ? {} : { signingKeyFile: path.join(workspace, "key.pem") };
  const { registry, images } = await buildRelease(signing);
  const target = createOciLayoutRegistry(path.join(workspace, "registry"));
  await publishAllTo(registry, target, images);
  const services = images.map(({ service, released }) => [service, released] as const);
  const set = createReleaseSet("4f0c1d2", Object.fromEntries(services));
  await writeReleaseSet({ registry: target, repository: "release-sets" }, set);
  return { workspace, id: set.id };
}
