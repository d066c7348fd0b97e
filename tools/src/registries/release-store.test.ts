import { expect, test } from "vitest";

import { buildRelease } from "../../test/fakes/build-release.ts";
import { createHandmadeImage } from "../../test/fixtures/handmade-image.ts";
import { createTestFolder } from "../../test/fixtures/test-folder.ts";
import { labels } from "../images/labels.ts";
import { createReleaseSet } from "../release/create-release-set.ts";
import { belowNamespace } from "./below-namespace.ts";
import { chainRegistries } from "./chain-registries.ts";
import { createOciLayoutRegistry } from "./oci-layout.ts";
import { chooseNewest, createReleaseStore, formatCounted } from "./release-store.ts";

test.each([
  { tags: [], newest: null },
  { tags: ["set-aaaaaaaaaaaa", "latest"], newest: null },
  {
    tags: ["n000000010-set-bbbbbbbbbbbb", "n000000009-set-aaaaaaaaaaaa", "set-cccccccccccc"],
    newest: "set-bbbbbbbbbbbb",
  },
  { tags: ["n999999999-set-../../etc", "n1-set-aaaaaaaaaaaa"], newest: null },
])("of the tags $tags the newest set is $newest", ({ tags, newest }) => {
  expect(chooseNewest(tags)).toBe(newest);
});

test("sets are counted in an order that text has, too", () => {
  const tags = [2, 10, 100].map((count) => formatCounted(count, "set-aaaaaaaaaaaa"));

  expect(tags.toSorted()).toEqual(tags);
});

test("says what an image says of itself, and nothing of one that is not there", async () => {
  const { registry, digest } = await createHandmadeImage({
    entries: [[{ name: "app/main.js" }, "1"]],
    imageLabels: { [labels.version]: "1.2.0", [labels.imageKey]: "key" },
  });
  const store = createReleaseStore({ registry, namespace: "" });

  expect(await store.readLabels("handmade", digest)).toEqual({ version: "1.2.0", imageKey: "key" });
  expect(await store.readLabels("handmade", `sha256:${"0".repeat(64)}`)).toEqual({
    version: null,
    imageKey: null,
  });
});

test("a set of a maintenance branch is kept, but never the newest", async () => {
  const registry = createOciLayoutRegistry(await createTestFolder("sets-"));
  const store = createReleaseStore({ registry, namespace: "team" });
  const events = { ...buildRelease("events"), imageKey: `sha256:${"1".repeat(64)}` };
  const main = createReleaseSet("abc", { events });
  const hotfix = createReleaseSet("def", { events });

  expect(await store.readNewestSet()).toBeNull();
  await store.putSet(main, 7);
  await store.putSet(hotfix, null);
  await store.putSet(main, 7);

  expect(await store.readNewestSet()).toEqual(main);
  expect(await registry.listTags("team/release-sets")).toEqual([
    `n000000007-${main.id}`,
    ...[main.id, hotfix.id].toSorted(),
  ]);
});

test("reads from the second registry only what the first has not", async () => {
  const {
    registry: second,
    digest,
    layer,
  } = await createHandmadeImage({
    entries: [[{ name: "app/main.js" }, "1"]],
  });
  const first = createOciLayoutRegistry(await createTestFolder("first-"));
  let opened = 0;
  const chain = chainRegistries(first, async () => {
    opened += 1;
    return second;
  });

  expect(await chain.hasBlob("handmade", layer)).toBe(true);
  expect(await chain.readDigest("handmade", "1.0.0")).toBe(digest);
  expect(await chain.readManifest("handmade", digest)).not.toBeNull();
  await chain.writeManifest(
    "handmade",
    (await second.readManifest("handmade", digest)) ?? new Uint8Array(),
    "mine",
  );
  expect(await first.readDigest("handmade", "mine")).toBe(digest);
  expect(opened).toBe(1);
});

test("names repositories below the organisation's", async () => {
  const { registry, digest } = await createHandmadeImage({
    entries: [[{ name: "app/main.js" }, "1"]],
  });
  const below = belowNamespace(registry, "team");
  const manifest = await registry.readManifest("handmade", digest);

  await below.writeManifest("other", manifest ?? new Uint8Array(), "1.0.0");

  expect(await below.readDigest("other", "1.0.0")).toBe(digest);
  expect(await registry.listTags("team/other")).toEqual(["1.0.0"]);
});
