import { readFile } from "node:fs/promises";
import path from "node:path";

import { SlipwayError } from "../errors.ts";
import { imagePlatforms, type ImagePlatform } from "../release/release-set.ts";
import { readPackageLocks } from "../workspace/read-package-lock.ts";
import { computeDigest } from "./digest.ts";
import { readImageSettings } from "./image-settings.ts";
import { readBase } from "./read-base.ts";
import { readBundlerVersion } from "./read-bundler-version.ts";
import type { ImageContext } from "./read-image-inputs.ts";

/** What all images of one release share. */
export interface ReleaseContext {
  workspace: string;
  commit: string;
  platforms: readonly (readonly [ImagePlatform, ImageContext])[];
  base: { name: string; digest: string };
  lockDigest: string;
}

interface ContextRequest {
  workspace: string;
  commit: string;
  platforms?: readonly ImagePlatform[] | undefined;
  /** Instead of what the settings say. */
  base?: string | undefined;
}

const cpus = { "linux/amd64": "x64", "linux/arm64": "arm64" } as const;

export async function readReleaseContext(request: ContextRequest): Promise<ReleaseContext> {
  const { workspace, commit } = request;
  const name = request.base ?? (await readBaseName(workspace));
  const [locks, lockFile] = await Promise.all([
    readPackageLocks(workspace),
    readFile(path.join(workspace, "package-lock.json")),
  ]);
  const common = {
    workspace,
    commit,
    locks,
    bundler: readBundlerVersion(),
    nodeMajor: readMajor(),
  };
  const platforms = await Promise.all(
    (request.platforms ?? imagePlatforms).map(async (platform) => {
      const architecture = platform.replace("linux/", "");
      const base = await readBase({ name, workspace, architecture, isRemote: true });
      const target = { os: "linux", cpu: cpus[platform], libc: "glibc" } as const;
      return [platform, { ...common, base, platform: target }] as const;
    }),
  );
  const digest = platforms[0]?.[1].base.pinned;
  if (digest === undefined || digest === null) {
    throw refuseEmbedded();
  }
  return {
    workspace,
    commit,
    platforms,
    base: { name, digest },
    lockDigest: computeDigest(lockFile),
  };
}

async function readBaseName(workspace: string): Promise<string> {
  const { base, releaseBase } = await readImageSettings(workspace);
  return releaseBase ?? base;
}

function readMajor(): number {
  return Number(process.versions.node.split(".")[0]);
}

function refuseEmbedded(): SlipwayError {
  return new SlipwayError(
    "CONFIG_INVALID",
    "Images without an operating system can't be released: nothing but this machine could run them.",
    {
      hint: "Name a base in tools/slipway.yaml: image: { releaseBase: docker.io/library/node:24-bookworm-slim@sha256:… }",
    },
  );
}
