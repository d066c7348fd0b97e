import { cp } from "node:fs/promises";
import path from "node:path";

import { expect, test } from "vitest";

import { readStored, readStoredBlob } from "../fixtures/read-stored.ts";
import {
  buildRelease,
  createPlatformBase,
  createReleaseWorkspace,
} from "../fixtures/release-workspace.ts";
import { createTestFolder } from "../fixtures/test-folder.ts";

test("two clones of one commit come to the same digests, attestations included", async () => {
  const base = await createPlatformBase();
  const first = await createReleaseWorkspace();
  const second = path.join(await createTestFolder("elsewhere-"), "clone");
  await cp(first, second, { recursive: true, verbatimSymlinks: true });

  const here = await buildRelease({ workspace: first, base });
  const there = await buildRelease({ workspace: second, base });

  expect(there.images).toEqual(here.images);
});

test("an image has both platforms, its key on each, and the base of each", async () => {
  const { registry, images } = await buildRelease();
  const [hello] = images;

  const index = await readStored(registry, "hello", hello?.digest);
  const configs = await Promise.all(
    Object.values(hello?.platforms ?? {}).map((digest) =>
      readStoredBlob(registry, "hello", digest),
    ),
  );

  expect(index).toMatchObject({
    manifests: [
      { platform: { os: "linux", architecture: "amd64" } },
      { platform: { os: "linux", architecture: "arm64", variant: "v8" } },
    ],
    annotations: { "org.opencontainers.image.base.digest": hello?.baseDigest },
  });
  expect(configs.map(({ architecture }) => architecture)).toEqual(["amd64", "arm64"]);
  expect(configs.map(({ config }) => config.Labels["org.aegee.slipway.image-key"])).toEqual([
    hello?.imageKey,
    hello?.imageKey,
  ]);
});

test("bundled code is the same blob on every platform", async () => {
  const { registry, images } = await buildRelease();
  const plain = images[1];

  const lists = await Promise.all(
    Object.values(plain?.platforms ?? {}).map((digest) => readStored(registry, "plain", digest)),
  );

  expect(lists[0].layers).toEqual(lists[1].layers);
});

test("the SBOM names the packages whose code is in the image, and no others", async () => {
  const { registry, images } = await buildRelease();

  const hello = await readStoredBlob(registry, "hello", images[0]?.sbom);
  const plain = await readStoredBlob(registry, "plain", images[1]?.sbom);

  expect(hello).toMatchObject({ bomFormat: "CycloneDX", specVersion: "1.6" });
  expect(hello["metadata"]).not.toHaveProperty("timestamp");
  expect(listPurls(hello)).toEqual([
    "pkg:npm/machine-code-linux-arm64@3.0.0",
    "pkg:npm/machine-code-linux-x64@3.0.0",
    "pkg:npm/machine-code@3.0.0",
    "pkg:npm/new-style@2.0.0",
    "pkg:npm/old-style@1.0.0",
  ]);
  expect(listPurls(plain)).toEqual(["pkg:npm/new-style@2.0.0"]);
});

function listPurls({ components }: { components: { purl?: string }[] }): string[] {
  return components.flatMap(({ purl }) => purl ?? []).toSorted();
}
