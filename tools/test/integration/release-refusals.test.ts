import { generateKeyPairSync } from "node:crypto";
import { writeFile } from "node:fs/promises";
import path from "node:path";

import { expect, test } from "vitest";

import { edit, replaceAll } from "../fixtures/built-images.ts";
import { createHandmadeImage } from "../fixtures/handmade-image.ts";
import { buildRelease, createReleaseWorkspace } from "../fixtures/release-workspace.ts";
import { createTestFolder, writeFiles } from "../fixtures/test-folder.ts";

test("releases no image without an operating system", async () => {
  await expect(buildRelease({ base: "embedded" })).rejects.toMatchObject({
    code: "CONFIG_INVALID",
    hint: expect.stringContaining("releaseBase"),
  });
});

test("releases for no platform that the base does not have", async () => {
  const { folder } = await createHandmadeImage({ entries: [[{ name: "etc/release" }, "x"]] });

  await expect(
    buildRelease({ base: `oci:${folder}/handmade:1.0.0`, platforms: ["linux/arm64"] }),
  ).rejects.toMatchObject({
    code: "CONFIG_INVALID",
    message: expect.stringContaining("has no image for linux/arm64"),
    hint: expect.stringContaining("release.platforms"),
  });
});

test("takes the base from the settings", async () => {
  const workspace = await createReleaseWorkspace();
  const { folder } = await createHandmadeImage({ entries: [[{ name: "etc/release" }, "x"]] });
  const settings = `image: { base: embedded, releaseBase: "oci:${folder}/handmade:1.0.0" }\n`;
  await writeFiles(workspace, { "tools/slipway.yaml": settings });

  const { images } = await buildRelease({ workspace, base: undefined, platforms: ["linux/amd64"] });

  expect(images.map(({ platforms }) => Object.keys(platforms))).toEqual([
    ["linux/amd64"],
    ["linux/amd64"],
  ]);
});

test("refuses a package that would have to be compiled for another platform", async () => {
  const workspace = await createReleaseWorkspace();
  await edit(
    workspace,
    "package-lock.json",
    replaceAll(
      '"integrity":"sha512-machine"',
      '"integrity":"sha512-machine","hasInstallScript":true',
    ),
  );

  await expect(buildRelease({ workspace, services: ["hello"] })).rejects.toMatchObject({
    code: "IMAGE_BUILD_FAILED",
    message: expect.stringMatching(
      /^hello needs machine-code, which is compiled when it is installed; that can't be done here for linux/u,
    ),
  });
});

test.each([
  ["no key", "nothing"],
  ["an RSA key", formatRsaKey()],
  ["a public key", formatPublicKey()],
])("signs nothing with %s, and quotes none of it", async (_what, text) => {
  const signingKeyFile = path.join(await createTestFolder("key-"), "key.pem");
  await writeFile(signingKeyFile, text);

  const failure: unknown = await buildRelease({ signingKeyFile }).catch((error: unknown) => error);

  expect(failure).toMatchObject({ code: "CONFIG_INVALID", cause: undefined });
  expect(String(failure)).toContain("holds no private key that can sign");
});

function formatRsaKey(): string {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  return String(privateKey.export({ type: "pkcs8", format: "pem" }));
}

function formatPublicKey(): string {
  const { publicKey } = generateKeyPairSync("ed25519");
  return String(publicKey.export({ type: "spki", format: "pem" }));
}
