import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import path from "node:path";

import { expect, test } from "vitest";

import { unpackImage, unpackedImageFolder } from "../../src/images/unpack-image.ts";
import {
  createHandmadeImage,
  type HandmadeEntry,
  type HandmadeFacts,
} from "../fixtures/handmade-image.ts";
import { createTestFolder } from "../fixtures/test-folder.ts";

test("unpacks files, folders and links, readable for everybody whatever the umask", async () => {
  const previous = process.umask(0o077);
  const { folder, config } = await unpack({
    entries: [
      [{ name: "app/", type: "directory" }],
      [{ name: "app/main.js" }, "1"],
      [{ name: "app/run", mode: 0o755 }, "2"],
      [{ name: "app/link", type: "symlink", linkname: "main.js" }],
    ],
  }).finally(() => process.umask(previous));

  const modes = await Promise.all(
    ["app", "app/main.js", "app/run"].map(async (name) => {
      const { mode } = await stat(path.join(folder, name));
      return (mode & 0o777).toString(8);
    }),
  );

  expect(modes).toEqual(["755", "644", "755"]);
  expect(await readFile(path.join(folder, "app/link"), "utf8")).toBe("1");
  expect(config.config.Env).toEqual(["A=1"]);
});

test("unpacks once and needs no registry after that", async () => {
  const image = await createHandmadeImage({ entries: [[{ name: "app/main.js" }, "1"]] });
  const into = await createTestFolder("unpacked-");
  const first = await unpackImage({ ...image, into });
  await writeFile(path.join(first.folder, "app/mark"), "");

  const second = await unpackImage({ ...image, registry: unreachable(), into });

  expect(second).toEqual(first);
  expect(await readdir(path.join(second.folder, "app"))).toContain("mark");
});

test("several processes may unpack the same image at once", async () => {
  const image = await createHandmadeImage({ entries: [[{ name: "app/main.js" }, "1"]] });
  const into = await createTestFolder("unpacked-");

  const images = await Promise.all([1, 2, 3, 4].map(() => unpackImage({ ...image, into })));

  expect(new Set(images.map(({ folder }) => folder)).size).toBe(1);
  expect(await readdir(into)).toEqual([path.basename(unpackedImageFolder(into, image.digest))]);
});

const attacks: Record<string, readonly HandmadeEntry[]> = {
  "a path that climbs out": [[{ name: "../evil" }, "x"]],
  "a path that climbs out in the middle": [[{ name: "app/../../evil" }, "x"]],
  "an absolute path": [[{ name: "/evil" }, "x"]],
  "a link to an absolute path": [[{ name: "a", type: "symlink", linkname: "/etc" }]],
  "a link that climbs out": [[{ name: "app/a", type: "symlink", linkname: "../../etc" }]],
  "a file through an earlier link": [
    [{ name: "inside/", type: "directory" }],
    [{ name: "a", type: "symlink", linkname: "inside" }],
    [{ name: "a/evil" }, "x"],
  ],
  "a folder in place of an earlier link": [
    [{ name: "a", type: "symlink", linkname: "b" }],
    [{ name: "a/", type: "directory" }],
  ],
  "a file in place of a folder": [[{ name: "a/", type: "directory" }], [{ name: "a" }, "x"]],
  "a hard link": [[{ name: "a", type: "link", linkname: "/etc/passwd" }]],
  "a block device": [[{ name: "a", type: "block-device", devmajor: 1, devminor: 1 }]],
  "a character device": [[{ name: "a", type: "character-device", devmajor: 1, devminor: 3 }]],
  "a named pipe": [[{ name: "a", type: "fifo" }]],
  "a whiteout": [[{ name: "app/.wh.main.js" }, ""]],
  "a bomb": [[{ name: "zeros" }, Buffer.alloc(80 * 1024 * 1024)]],
};

test.each(Object.entries(attacks))(
  "refuses %s and leaves nothing behind",
  async (_name, entries) => {
    const image = await createHandmadeImage({ entries });
    const into = await createTestFolder("unpacked-");

    await expect(unpackImage({ ...image, into })).rejects.toMatchObject({ code: "IMAGE_UNSAFE" });

    expect(await readdir(into)).toEqual([]);
  },
);

test("refuses a layer of which bytes were swapped", async () => {
  const image = await createHandmadeImage({ entries: [[{ name: "a" }, "1"]] });
  const blob = path.join(
    image.folder,
    "handmade/blobs/sha256",
    image.layer.slice("sha256:".length),
  );
  const content = await readFile(blob);
  await writeFile(blob, content.toReversed());

  const unpacking = unpackImage({ ...image, into: await createTestFolder("unpacked-") });

  await expect(unpacking).rejects.toMatchObject({ code: "DIGEST_MISMATCH" });
});

test.each<[string, Omit<HandmadeFacts, "entries">, string]>([
  ["another tar than its configuration promises", { diffId: zeros() }, "DIGEST_MISMATCH"],
  ["more bytes than its descriptor names", { sizeBytes: 10 }, "DIGEST_MISMATCH"],
  ["fewer bytes than its descriptor names", { sizeBytes: 5000 }, "DIGEST_MISMATCH"],
  ["an absurd size", { sizeBytes: 1e15 }, "IMAGE_UNSAFE"],
])("refuses a layer of %s", async (_name, facts, code) => {
  const unpacking = unpack({ entries: [[{ name: "a" }, "1"]], ...facts });

  await expect(unpacking).rejects.toMatchObject({ code });
});

test("says that an image of others needs a container engine", async () => {
  const unpacking = unpack({ entries: [[{ name: "a" }, "1"]], imageLabels: {} });

  await expect(unpacking).rejects.toMatchObject({ code: "IMAGE_FOREIGN" });
});

test("says which image is missing", async () => {
  const image = await createHandmadeImage({ entries: [] });
  const into = await createTestFolder("unpacked-");

  const unpacking = unpackImage({ ...image, digest: zeros(), into });

  await expect(unpacking).rejects.toThrow(`There is no image handmade@${zeros()}.`);
});

async function unpack(facts: HandmadeFacts) {
  const image = await createHandmadeImage(facts);
  return unpackImage({ ...image, into: await createTestFolder("unpacked-") });
}

function zeros(): string {
  return `sha256:${"0".repeat(64)}`;
}

function unreachable() {
  return {
    readManifest: refuse,
    readDigest: refuse,
    readBlob: refuse,
    hasBlob: refuse,
    writeBlob: refuse,
    writeManifest: refuse,
    listTags: refuse,
    listReferrers: refuse,
  };
}

function refuse(): Promise<never> {
  return Promise.reject(new Error("The registry was asked."));
}
