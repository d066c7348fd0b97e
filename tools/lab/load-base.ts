import { createEngineClient } from "../src/engine/engine-client.ts";
import { ensureImage, nameOf } from "../src/engine/load-image.ts";
import { createLocalHost } from "../src/hosts/local-host.ts";
import { computeDigest } from "../src/images/digest.ts";
import { createOciLayoutRegistry } from "../src/registries/oci-layout.ts";
import { basesFolder } from "./bases.ts";
import type { LabHost } from "./lab-facts.ts";

/** No environment can have this name, so none prunes these images. */
const scope = "lab.bases";

/** Gives the name under which every host's engine now has the base image. */
export async function loadBase(hosts: readonly LabHost[], base: string): Promise<string> {
  const registry = createOciLayoutRegistry(basesFolder);
  const manifest = await registry.readManifest(base, "lab");
  if (manifest === null) throw new Error(`The base image ${base} was not built.`);
  const image = { service: base, version: "lab", digest: computeDigest(manifest) };
  await Promise.all(
    hosts.map(async ({ name, folder, socket }) => {
      const engine = createEngineClient(createLocalHost({ name, folder }), socket);
      await ensureImage({ engine, scope }, registry, image);
      const known = encodeURIComponent(nameOf(scope, image));
      const path = `/images/${known}/tag?repo=slipway-lab/${base}&tag=lab`;
      await engine.send({ method: "POST", path });
    }),
  );
  return `slipway-lab/${base}:lab`;
}
