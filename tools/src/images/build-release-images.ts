import type { KeyObject } from "node:crypto";
import { rm } from "node:fs/promises";
import path from "node:path";

import { attachAttestations, type Attestations } from "../attest/attach-attestations.ts";
import type { AttestedImage, AttestedPackage } from "../attest/attested-image.ts";
import { readSigningKey } from "../attest/sign-statement.ts";
import { createOciLayoutRegistry } from "../registries/oci-layout.ts";
import type { ImagePlatform, ReleasedService } from "../release/release-set.ts";
import type { Service } from "../workspace/service-manifest.ts";
import { assemblePlatforms, type PlatformLayers } from "./assemble-platforms.ts";
import { requireBuildx } from "./build-dockerfile.ts";
import { buildReleaseDockerfile } from "./build-release-dockerfile.ts";
import { builderVersion } from "./format-image.ts";
import { mapBounded } from "./map-bounded.ts";
import { readBundlerVersion } from "./read-bundler-version.ts";
import { readDockerfileBase } from "./read-dockerfile-base.ts";
import { readReleaseContext, type ReleaseContext } from "./release-context.ts";
import { selectServices } from "./select-services.ts";
import { writeReleaseImage, type WriteRequest, type WrittenImage } from "./write-release-image.ts";

const parallelBuilds = 2;

export interface ReleaseBuildRequest {
  /** Root of the workspace, absolute. */
  workspace: string;
  /** Names; all services of the workspace when absent. */
  services?: readonly string[];
  commit: string;
  /** Where the layouts go, one a service; what was there is removed. */
  folder: string;
  /** All that images are released for when absent. */
  platforms?: readonly ImagePlatform[];
  /** Instead of `image.releaseBase`. */
  base?: string;
  /** Private key for signing; nothing is signed when absent. */
  signingKeyFile?: string;
  log?: (image: ReleaseImage) => void;
}

/** An image with all that belongs to it in a layout of this machine; no registry knows of it. */
export interface ReleaseImage {
  service: string;
  version: string;
  /** Of the index of all platforms. */
  digest: string;
  platforms: Partial<Record<ImagePlatform, string>>;
  imageKey: string;
  baseDigest: string;
  sbom: string;
  provenance: string;
  signature: string | null;
  /** Our own layers, compressed, each once. */
  sizeBytes: number;
  /** Its entry in a release set; the changelog is still empty. */
  released: ReleasedService;
}

interface ReleaseInputs {
  services: readonly Service[];
  context: ReleaseContext;
  key: KeyObject | null;
}

/**
 * Images of the named services for all platforms, with SBOM and provenance, from a checkout of `commit`. The same
 * commit comes to the same digests everywhere. Read them with `createOciLayoutRegistry(folder)`; the repository is the
 * service's name.
 */
export async function buildReleaseImages(request: ReleaseBuildRequest): Promise<ReleaseImage[]> {
  const { services, context, key } = await readReleaseInputs(request);
  return mapBounded(services, parallelBuilds, async (service) => {
    const image = await buildOne({ context, service, folder: request.folder, key });
    request.log?.(image);
    return image;
  });
}

/** What has to be there before the first image is built. Throws what `buildReleaseImages` would throw without it. */
export async function readReleaseInputs(request: ReleaseBuildRequest): Promise<ReleaseInputs> {
  const [services, context, key] = await Promise.all([
    selectServices(request.workspace, request.services),
    readReleaseContext(request),
    request.signingKeyFile === undefined ? null : readSigningKey(request.signingKeyFile),
  ]);
  await Promise.all(services.filter(hasDockerfile).map((each) => requireParts(request, each)));
  return { services, context, key };
}

function hasDockerfile({ needs }: Service): boolean {
  return needs.image?.mode === "dockerfile";
}

async function requireParts({ workspace }: ReleaseBuildRequest, service: Service): Promise<void> {
  await requireBuildx(workspace, service);
  await readDockerfileBase(workspace, service);
}

interface BuildTask {
  context: ReleaseContext;
  service: Service;
  folder: string;
  key: KeyObject | null;
}

async function buildOne(task: BuildTask): Promise<ReleaseImage> {
  const { service, folder, key } = task;
  const context = await chooseBase(task);
  const place = { registry: createOciLayoutRegistry(folder), repository: service.name };
  await rm(path.join(folder, service.name), { recursive: true, force: true });
  const built = hasDockerfile(service)
    ? await buildReleaseDockerfile({ context, service, place })
    : await buildBundled({ context, service, folder, place });
  const attested = planAttested(context, service, built);
  const attestations = await attachAttestations(place, attested, key);
  return describe(context, service, { ...built, attestations });
}

async function chooseBase({ context, service }: BuildTask): Promise<ReleaseContext> {
  return hasDockerfile(service)
    ? { ...context, base: await readDockerfileBase(context.workspace, service) }
    : context;
}

async function buildBundled(request: WriteRequest): Promise<Omit<BuiltParts, "attestations">> {
  const assembled = await assemblePlatforms(request.context, request.service);
  return { written: await writeReleaseImage(request, assembled), assembled };
}

interface BuiltParts {
  written: WrittenImage;
  assembled: readonly PlatformLayers[];
  attestations: Attestations;
}

function planAttested(
  { commit, base, lockDigest }: ReleaseContext,
  { name, version, description }: Service,
  { written, assembled }: Omit<BuiltParts, "attestations">,
): AttestedImage {
  return {
    service: name,
    version,
    description,
    commit,
    ...written,
    base,
    packages: listPackages(assembled),
    lockDigest,
    bundler: readBundlerVersion(),
    builderVersion,
  };
}

/** Of all platforms, each once. */
function listPackages(assembled: readonly PlatformLayers[]): AttestedPackage[] {
  const found = assembled.flatMap(([, { locks }, { packages }]) =>
    packages.map((folder) => {
      const { version = "", license = null } = locks.wanted.packages[folder] ?? {};
      return { name: folder.replace(/^.*node_modules\//u, ""), version, license };
    }),
  );
  const unique = new Map(found.map((each) => [`${each.name}@${each.version}`, each]));
  return [...unique.entries()].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, each]) => each);
}

function describe(
  { commit, base }: ReleaseContext,
  { name, version, schema, needs }: Service,
  { written, assembled, attestations }: BuiltParts,
): ReleaseImage {
  const { descriptor, platforms, imageKey } = written;
  const { digest } = descriptor;
  const { sbom, provenance } = attestations;
  const layers = assembled.flatMap(([, , own]) => own.layers);
  const sizes = new Map(layers.map((layer) => [layer.digest, layer.sizeBytes]));
  const known = { sbom, provenance, baseDigest: base.digest };
  const published = { platforms, ...known, commit, changelog: "" };
  return {
    service: name,
    version,
    digest,
    platforms,
    imageKey,
    ...known,
    signature: attestations.signature,
    sizeBytes: [...sizes.values()].reduce((sum, each) => sum + each, 0),
    released: { version, digest, imageKey, schema, needs, published },
  };
}
