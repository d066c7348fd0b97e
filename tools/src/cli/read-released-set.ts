import path from "node:path";

import { requireSigned } from "../attest/require-signed.ts";
import { SlipwayError } from "../errors.ts";
import { readImageSettings } from "../images/image-settings.ts";
import { belowNamespace } from "../registries/below-namespace.ts";
import type { Registry } from "../registries/registry.ts";
import { chooseNewest } from "../registries/release-store.ts";
import { readReleaseSet } from "../release/release-set-store.ts";
import type { ReleaseSet } from "../release/release-set.ts";
import { openReleaseRegistry } from "./open-release-registry.ts";

const repository = "release-sets";

/** The set of that name, or the newest of the release branch for `latest`. */
export async function readReleasedSet(workspace: string, id: string): Promise<ReleaseSet> {
  const registry = await openReleasedImages(workspace);
  const name = id === "latest" ? chooseNewest(await registry.listTags(repository)) : id;
  const set = name === null ? null : await readReleaseSet({ registry, repository }, name);
  if (set !== null) return checkSignatures(workspace, registry, set);
  throw new SlipwayError(
    "RELEASE_UNKNOWN",
    name === null
      ? "The registry has no release set yet."
      : `The registry has no release set ${JSON.stringify(name)}.`,
    { hint: "Nothing was touched. Release one: npx nx run tools:release" },
  );
}

/** Where a public key is configured, nothing else is deployed. */
async function checkSignatures(
  workspace: string,
  registry: Registry,
  set: ReleaseSet,
): Promise<ReleaseSet> {
  const { release } = await readImageSettings(workspace);
  if (release?.publicKey !== undefined) {
    await requireSigned(registry, set, path.join(workspace, release.publicKey));
  }
  return set;
}

/** The registry of releases, its repositories named by service. */
export async function openReleasedImages(workspace: string): Promise<Registry> {
  const { release } = await readImageSettings(workspace);
  if (release === null) {
    throw new SlipwayError("CONFIG_INVALID", "tools/slipway.yaml names no registry of releases.", {
      hint: "Nothing was touched. Add, for example: release: { registry: docker.io/aegee }",
    });
  }
  const { registry, namespace } = openReleaseRegistry(workspace, release.registry);
  return belowNamespace(registry, namespace);
}
