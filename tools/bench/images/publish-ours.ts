/** One process, as a release runs it: builds the named images and pushes them by digest with SBOM and provenance. */
import path from "node:path";
import { parseArgs } from "node:util";

import { buildReleaseImages } from "../../src/images/build-release-images.ts";
import { mapBounded } from "../../src/images/map-bounded.ts";
import { createBlobPool } from "../../src/registries/blob-pool.ts";
import { createDistributionRegistry } from "../../src/registries/distribution.ts";
import { createOciLayoutRegistry } from "../../src/registries/oci-layout.ts";
import { publishImage } from "../../src/registries/publish-image.ts";
import { tagImage } from "../../src/registries/tag-image.ts";

const { values } = parseArgs({
  options: {
    workspace: { type: "string", default: process.cwd() },
    services: { type: "string", default: "" },
    registry: { type: "string", default: "" },
    namespace: { type: "string", default: "" },
    base: { type: "string", default: "" },
  },
});
const folder = path.join(values.workspace, "dist/bench-images");
const registry = createDistributionRegistry(values.registry);
const pool = createBlobPool({ registry: values.registry });
const images = await buildReleaseImages({
  workspace: values.workspace,
  services: values.services.split(","),
  commit: "0".repeat(40),
  folder,
  platforms: ["linux/amd64"],
  base: values.base,
});
const published = await mapBounded(images, 4, async ({ service, digest, version }) => {
  const to = { registry, repository: `${values.namespace}/${service}` };
  const from = { registry: createOciLayoutRegistry(folder), repository: service };
  const { sentBytes } = await publishImage({ from, to, digest, pool });
  await tagImage(to, digest, version);
  return sentBytes;
});
process.stdout.write(`${published.reduce((sum, sent) => sum + sent, 0)}\n`);
