import { gunzipSync } from "node:zlib";

import { expect, test } from "vitest";

import { compressLayer } from "./compress-layer.ts";
import { computeDigest } from "./digest.ts";

test("names no file, time or operating system", async () => {
  const compressed = await compressLayer(Buffer.from("content"));

  expect([...compressed.subarray(0, 10)]).toEqual([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]);
  expect(gunzipSync(compressed).toString()).toBe("content");
});

test("gives the bytes that official builds of node give", async () => {
  const compressed = await compressLayer(Buffer.from("same content, same bytes. ".repeat(1000)));

  expect(computeDigest(compressed)).toMatchInlineSnapshot(
    `"sha256:6749e3dc60bc29b65a3ca4ad72c498987cb72a7314b2919d08d9e77f433f0d3d"`,
  );
});
