import { expect, test } from "vitest";

import { buildRelease } from "../../test/fakes/build-release.ts";
import { createCliInMemory } from "../../test/fakes/run-cli-in-memory.ts";
import { createTestFolder, writeFiles } from "../../test/fixtures/test-folder.ts";
import { createOciLayoutRegistry } from "../registries/oci-layout.ts";
import { createReleaseStore } from "../registries/release-store.ts";
import { createReleaseSet } from "../release/create-release-set.ts";
import { readReleasedSet } from "./read-released-set.ts";

const events = { ...buildRelease("events"), imageKey: `sha256:${"1".repeat(64)}` };
const older = createReleaseSet("abc", { events });
const newer = createReleaseSet("def", { events });

/** A workspace whose registry of releases is a folder with two sets. */
async function createWorkspace(): Promise<string> {
  const folder = await createTestFolder("released-");
  await writeFiles(folder, {
    "tools/slipway.yaml": "image: { base: embedded }\nrelease: { registry: 'oci:registry' }\n",
  });
  const registry = createOciLayoutRegistry(`${folder}/registry`);
  const store = createReleaseStore({ registry, namespace: "" });
  await store.putSet(newer, 12);
  await store.putSet(older, 9);
  return folder;
}

test.for([
  ["latest", newer],
  [older.id, older],
] as const)("%s is a set that was released", async ([id, set]) => {
  expect(await readReleasedSet(await createWorkspace(), id)).toEqual(set);
});

test("says that there is no such set", async () => {
  await expect(readReleasedSet(await createWorkspace(), "set-000000000000")).rejects.toMatchObject({
    code: "RELEASE_UNKNOWN",
    message: 'The registry has no release set "set-000000000000".',
  });
});

test("says that nothing was released yet", async () => {
  const folder = await createTestFolder("released-");
  await writeFiles(folder, {
    "tools/slipway.yaml": "image: { base: embedded }\nrelease: { registry: 'oci:registry' }\n",
  });

  await expect(readReleasedSet(folder, "latest")).rejects.toMatchObject({
    code: "RELEASE_UNKNOWN",
    message: "The registry has no release set yet.",
  });
});

test("says that nobody named a registry", async () => {
  const folder = await createTestFolder("released-");

  await expect(readReleasedSet(folder, "latest")).rejects.toMatchObject({ code: "CONFIG_INVALID" });
});

test("deploys a released set by its name", async () => {
  const cli = await createCliInMemory(older);

  const { exitCode, stdout } = await cli.run("deploy", `--release=${older.id}`, "--json");

  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout.split("\n").at(-2) ?? "")).toMatchObject({
    type: "result",
    set: older.id,
  });
});

test("refuses a service that the released set has not", async () => {
  const cli = await createCliInMemory(older);

  const { exitCode, stderr } = await cli.run("deploy", "--release=latest", "--service=nobody");

  expect(exitCode).toBe(2);
  expect(stderr).toContain(`${older.id} has no service "nobody".`);
  expect(stderr).toContain("It has events.");
});
