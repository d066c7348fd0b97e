import { access, mkdtemp, readFile, rm } from "node:fs/promises";
import path from "node:path";

import { execa } from "execa";

import { SlipwayError } from "../errors.ts";
import { blobPath } from "../registries/blob-path.ts";
import type { Service } from "../workspace/service-manifest.ts";
import type { BuildRequest, MadeImage } from "./build-request.ts";
import { computeDigest } from "./digest.ts";
import { imageCacheFolder } from "./image-folders.ts";
import { labels } from "./labels.ts";
import { ImageIndex, ImageManifest, parseDocument } from "./oci-documents.ts";
import { formatArchitecture } from "./platform.ts";
import type { ReadInputs } from "./read-image-inputs.ts";
import { formatServiceLabel } from "./service-label.ts";

const timeoutMs = 30 * 60_000;

/**
 * The image of a service's own Dockerfile, by BuildKit, with the workspace as context. It needs an engine to
 * build and to run. What `RUN` does may differ from build to build, so equal inputs don't promise equal digests.
 */
export async function buildDockerfile(
  request: BuildRequest,
  { inputs }: ReadInputs,
): Promise<MadeImage> {
  const { context, service } = request;
  await requireBuildx(context.workspace, service);
  const imageKey = computeDigest(JSON.stringify(planKeyInputs(inputs)));
  const output = await mkdtemp(path.join(imageCacheFolder(context.workspace), `${service.name}-`));
  try {
    await runBuildx(request, output, imageKey);
    const digest = await importLayout(request, output);
    return { digest, imageKey, commit: context.commit, layers: [], isKept: false };
  } finally {
    await rm(output, { recursive: true, force: true });
  }
}

function planKeyInputs({ files, packages, settings }: ReadInputs["inputs"]) {
  const hashes = Object.entries(files).map(([file, { hash }]) => [file, hash]);
  return { hashes, packages, settings: { ...settings, version: "" } };
}

/** What has to be there before anything is built. */
export async function requireBuildx(workspace: string, service: Service): Promise<void> {
  const dockerfile = `${service.folder}/Dockerfile`;
  await access(path.join(workspace, dockerfile)).catch((cause: unknown) => {
    throw new SlipwayError("IMAGE_BUILD_FAILED", `${dockerfile} is missing.`, {
      hint: `${service.folder}/package.json asks for it with service.image.mode. Write it, or use another mode.`,
      cause,
    });
  });
  const probe = await runDocker(workspace, ["buildx", "version"], 10_000);
  if (probe.failed) {
    throw new SlipwayError(
      "ENGINE_MISSING",
      `${service.name} has its own Dockerfile, and this machine has no Docker with buildx.`,
      { hint: "Install Docker Engine 24 or newer with its buildx plugin, then run this again." },
    );
  }
}

async function runBuildx(request: BuildRequest, output: string, imageKey: string): Promise<void> {
  const { context, service } = request;
  const result = await runDocker(
    context.workspace,
    planBuildxArguments(request, output, imageKey),
    timeoutMs,
  );
  if (result.failed) {
    throw new SlipwayError("IMAGE_BUILD_FAILED", `${service.folder}/Dockerfile was not built.`, {
      details: result.all.split("\n").slice(-20),
      hint: "The lines above are BuildKit's own. If they miss the OCI exporter, turn on Docker's containerd image store (the default since Engine 29), or run: docker buildx create --use",
    });
  }
}

function planBuildxArguments(
  { context, service }: BuildRequest,
  output: string,
  imageKey: string,
): string[] {
  const values = {
    [labels.title]: service.packageName,
    [labels.description]: service.description,
    [labels.version]: service.version,
    [labels.revision]: context.commit,
    [labels.imageKey]: imageKey,
    [labels.service]: formatServiceLabel(service),
  };
  return [
    "buildx",
    "build",
    `--file=${service.folder}/Dockerfile`,
    `--platform=linux/${formatArchitecture(context.platform.cpu)}`,
    `--output=type=oci,tar=false,rewrite-timestamp=true,dest=${output}`,
    "--provenance=false",
    "--sbom=false",
    "--build-arg=SOURCE_DATE_EPOCH=0",
    `--build-arg=SERVICE_NAME=${service.name}`,
    `--build-arg=SERVICE_VERSION=${service.version}`,
    `--build-arg=SERVICE_COMMIT=${context.commit}`,
    ...Object.entries(values).map(([name, value]) => `--label=${name}=${value}`),
    ".",
  ];
}

async function importLayout({ service, registry }: BuildRequest, layout: string): Promise<string> {
  const index = parseDocument(
    ImageIndex,
    await readFile(path.join(layout, "index.json")),
    "BuildKit's index.json",
  );
  const entry = index.manifests[0];
  if (entry === undefined) {
    throw new SlipwayError("IMAGE_INVALID", `BuildKit wrote no image for ${service.name}.`);
  }
  const content = await readFile(blobPath(layout, entry.digest));
  const manifest = parseDocument(ImageManifest, content, `Manifest ${entry.digest}`);
  for (const { digest } of [manifest.config, ...manifest.layers]) {
    await registry.writeBlob(service.name, digest, await readFile(blobPath(layout, digest)));
  }
  return registry.writeManifest(service.name, content, service.version);
}

function runDocker(cwd: string, args: readonly string[], timeout: number) {
  return execa("docker", args, { cwd, timeout, all: true, reject: false });
}
