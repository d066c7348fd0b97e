import { readFile } from "node:fs/promises";
import path from "node:path";

import { artifactTypes } from "../../src/attest/artifact-types.ts";
import { computeDigest } from "../../src/images/digest.ts";
import { labels } from "../../src/images/labels.ts";
import { mediaTypes } from "../../src/images/oci-documents.ts";
import { writeArtifact } from "../../src/images/write-artifact.ts";
import { createBlobPool } from "../../src/registries/blob-pool.ts";
import { createOciLayoutRegistry } from "../../src/registries/oci-layout.ts";
import { publishImage } from "../../src/registries/publish-image.ts";
import type { Registry } from "../../src/registries/registry.ts";
import type { ReleaseImages } from "../../src/release/release-ports.ts";
import type { ReleasedService } from "../../src/release/release-set.ts";

/** Small images with everything that a release looks at, in place of built ones, which take seconds. */
export function createHandmadeImages(
  workspace: string,
  to: { registry: Registry; namespace: string },
): ReleaseImages {
  const layout = createOciLayoutRegistry(path.join(workspace, "dist/release"));
  return {
    async checkInputs() {},
    async build(services, commit) {
      const built = await Promise.all(
        services.map(async (service) => [service, await build(service, commit)] as const),
      );
      return Object.fromEntries(built);
    },
    async publish(service, { digest }) {
      const published = await publishImage({
        from: { registry: layout, repository: service },
        to: { registry: to.registry, repository: `${to.namespace}/${service}` },
        digest,
        pool: createBlobPool({ registry: null }),
      });
      return published.sentBytes;
    },
  };

  async function build(service: string, commit: string): Promise<ReleasedService> {
    const folder = path.join(workspace, "services", service);
    const manifest = JSON.parse(await readFile(path.join(folder, "package.json"), "utf8"));
    const layer = await readFile(path.join(folder, "src/main.ts"));
    const imageKey = computeDigest(layer);
    const Labels = { [labels.version]: manifest.version, [labels.imageKey]: imageKey };
    const config = encode({
      architecture: "amd64",
      os: "linux",
      config: { Labels: { ...Labels, [labels.revision]: commit } },
      rootfs: { type: "layers", diff_ids: [computeDigest(layer)] },
    });
    const place = { registry: layout, repository: service };
    await layout.writeBlob(service, computeDigest(layer), layer);
    await layout.writeBlob(service, computeDigest(config), config);
    const image = encode({
      schemaVersion: 2,
      mediaType: mediaTypes.manifest,
      config: describe(mediaTypes.config, config),
      layers: [describe(mediaTypes.layerGzip, layer)],
    });
    const digest = await layout.writeManifest(service, image);
    const subject = describe(mediaTypes.manifest, image);
    const attest = (type: string) =>
      writeArtifact(place, { type, content: encode({ service }), subject });
    const platforms = { "linux/amd64": digest };
    const [sbom, provenance] = [
      await attest(artifactTypes.sbom),
      await attest(artifactTypes.provenance),
    ];
    const { version, service: needs } = manifest;
    const published = { platforms, baseDigest: imageKey, sbom, provenance, commit, changelog: "" };
    return { version, digest, imageKey, schema: null, needs, published };
  }
}

function describe(mediaType: string, content: Uint8Array) {
  return { mediaType, digest: computeDigest(content), size: content.byteLength };
}

function encode(document: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(document));
}
