import { SlipwayError } from "../errors.ts";
import { chooseHighest, isForward } from "./choose-latest.ts";
import type { ReleaseStore } from "./release-ports.ts";

const attempts = 10;

/**
 * Points `latest` to the highest version that the registry has, whoever put it there. Registries can't compare
 * and swap: so it reads again after each write, and the one who writes last always sees the highest version.
 */
export async function moveLatest(service: string, store: ReleaseStore): Promise<string> {
  let moved = "";
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const highest = chooseHighest(await store.listVersions(service));
    if (highest === null) return moved;
    const [wanted, current] = await Promise.all([
      store.readDigest(service, highest),
      store.readDigest(service, "latest"),
    ]);
    if (wanted === null || wanted === current) return moved;
    const from = current === null ? null : (await store.readLabels(service, current)).version;
    if (!isForward(from, highest)) return `stays at ${from}`;
    await store.putTag(service, wanted, "latest");
    moved = `${from ?? "none"} → ${highest}`;
  }
  throw new SlipwayError("REGISTRY_FAILED", `latest of ${service} does not stay where it is put.`, {
    hint: "The versions themselves are released. Somebody else writes that tag: see who may push.",
  });
}
