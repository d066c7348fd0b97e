import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { expect, onTestFinished, test } from "vitest";

import { readAssetPackages } from "./read-asset-packages.ts";

const lock = {
  packages: {
    "node_modules/vue": { version: "3.5.0" },
    "node_modules/@vue/shared": { version: "3.5.0" },
    "node_modules/other/node_modules/vue": { version: "2.7.0" },
    "node_modules/vite": { version: "8.0.0" },
  },
};

test("finds what Vite says it bundled, each at its version", async () => {
  const folder = await writeAssets(
    '[{"name":"vue","version":"3.5.0"},{"name":"@vue/shared","version":"3.5.0"}]',
  );

  expect(await readAssetPackages(folder, lock)).toEqual([
    "node_modules/@vue/shared",
    "node_modules/vue",
  ]);
});

test("tells two versions of one package apart", async () => {
  const folder = await writeAssets('[{"name":"vue","version":"2.7.0"}]');

  expect(await readAssetPackages(folder, lock)).toEqual(["node_modules/other/node_modules/vue"]);
});

test("knows of none where a build lists none", async () => {
  expect(await readAssetPackages(await writeAssets(null), lock)).toEqual([]);
});

async function writeAssets(list: string | null): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), "slipway-assets-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await mkdir(path.join(folder, ".vite"));
  if (list !== null) await writeFile(path.join(folder, ".vite/license.json"), list);
  return folder;
}
