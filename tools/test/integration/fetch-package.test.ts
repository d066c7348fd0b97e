import { createHash } from "node:crypto";
import { chmod, readFile, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { buffer } from "node:stream/consumers";
import { gzipSync } from "node:zlib";

import { pack } from "tar-stream";
import { expect, onTestFinished, test, vi } from "vitest";

import { fetchPackage } from "../../src/images/fetch-package.ts";
import { createTestFolder, writeFiles } from "../fixtures/test-folder.ts";

test("unpacks what npm packs, without its first folder, and asks npm only once", async () => {
  const { store, wanted, calls } = await offerPackage([
    ["package/package.json", "{}"],
    ["package/lib/addon.node", "machine code"],
  ]);

  const folder = await fetchPackage(store, wanted);
  const again = await fetchPackage(store, wanted);

  expect(again).toBe(folder);
  expect(await readFile(path.join(folder, "lib/addon.node"), "utf8")).toBe("machine code");
  expect(await calls()).toEqual([
    expect.stringMatching(/^pack @fixture\/addon@3\.0\.0 --json --ignore-scripts/u),
  ]);
});

test("refuses a package that is not the lock's", async () => {
  const { store, wanted } = await offerPackage([["package/package.json", "{}"]]);
  const locked = { ...wanted.locked, integrity: "sha512-other" };

  await expect(fetchPackage(store, { ...wanted, locked })).rejects.toMatchObject({
    code: "IMAGE_BUILD_FAILED",
    message: expect.stringContaining("package-lock.json wants sha512-other"),
  });
});

test("lets no entry climb out of its folder", async () => {
  const { store, wanted } = await offerPackage([
    ["package/../../evil.js", "x"],
    ["package/index.js", "y"],
  ]);

  const folder = await fetchPackage(store, wanted);

  expect(await readFile(path.join(folder, "index.js"), "utf8")).toBe("y");
  await expect(stat(path.join(store.folder, "evil.js"))).rejects.toThrow("ENOENT");
});

test("says what npm said when it has no such package", async () => {
  const { store, wanted } = await offerPackage(
    [["package/index.js", "y"]],
    "echo E404 >&2; exit 1",
  );

  await expect(fetchPackage(store, wanted)).rejects.toMatchObject({
    code: "IMAGE_BUILD_FAILED",
    message: "Package @fixture/addon@3.0.0 could not be fetched.",
    details: ["E404"],
  });
});

/** An npm that packs this, and the package as the lock has it. */
async function offerPackage(
  entries: readonly (readonly [name: string, content: string])[],
  first = "",
) {
  const tar = pack();
  for (const [name, content] of entries) tar.entry({ name }, content);
  tar.finalize();
  const content = gzipSync(await buffer(tar));
  const integrity = `sha512-${createHash("sha512").update(content).digest("base64")}`;
  const folder = await createTestFolder("npm-");
  await writeFile(path.join(folder, "package.tgz"), content);
  await writeFiles(folder, {
    calls: "",
    npm: `#!/bin/sh\n${first}\necho "$@" >> "${folder}/calls"\nfor last; do :; done\ncp "${folder}/package.tgz" "$last/addon.tgz"\necho '[{"filename":"addon.tgz"}]'\n`,
  });
  await chmod(path.join(folder, "npm"), 0o755);
  vi.stubEnv("PATH", `${folder}:${process.env["PATH"]}`);
  onTestFinished(() => void vi.unstubAllEnvs());
  const locked = { version: "3.0.0", integrity, os: ["linux"], cpu: ["arm64"] };
  return {
    store: { workspace: folder, folder: path.join(folder, "packages") },
    wanted: { folder: "node_modules/@fixture/addon", name: "@fixture/addon", locked },
    calls: async () => (await readFile(path.join(folder, "calls"), "utf8")).trim().split("\n"),
  };
}
