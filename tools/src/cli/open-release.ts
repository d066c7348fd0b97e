import path from "node:path";

import { SlipwayError } from "../errors.ts";
import { createReleaseCheckout } from "../git/release-checkout.ts";
import { createReleaseRemote } from "../git/release-remote.ts";
import { readImageSettings } from "../images/image-settings.ts";
import { formatRepository } from "../registries/format-repository.ts";
import { createReleaseStore } from "../registries/release-store.ts";
import type { ReleasePorts, ReleaseWish } from "../release/release-ports.ts";
import type { CommandContext, Flags } from "./command.ts";
import { confirmRelease } from "./confirm-release.ts";
import { createReleaseImages } from "./create-release-images.ts";
import { openReleaseRegistry } from "./open-release-registry.ts";

/** Of commits and tags that the tool writes; always the same, so that the same branch gives the same commit. */
const identity = "Slipway <slipway@users.noreply.github.com>";

const allPlatforms = ["linux/amd64", "linux/arm64"] as const;

export interface OpenedRelease {
  wish: ReleaseWish;
  ports: ReleasePorts;
}

/** Everything that a release touches, as `tools/slipway.yaml` names it. */
export async function openRelease(context: CommandContext, flags: Flags): Promise<OpenedRelease> {
  const { workspace, env, signal } = context;
  const { release } = await readImageSettings(workspace);
  if (release === null) throw notConfigured();
  const { branch = "master", remote = "origin", maintenance = null } = release;
  const target = openReleaseRegistry(workspace, release.registry);
  const repository = (service: string) => formatRepository(target.namespace, service);
  const options = { workspace, remote, branch, identity };
  return {
    wish: {
      branch,
      maintenancePrefix: maintenance,
      how: flags.versionPr ? "pull-request" : "push",
      mayChange: !flags.dryRun,
    },
    ports: {
      checkout: createReleaseCheckout(options),
      remote: createReleaseRemote(options),
      store: createReleaseStore(target),
      images: createReleaseImages({
        workspace,
        target,
        repository,
        platforms: release.platforms ?? allPlatforms,
        folder: path.join(workspace, "dist/release"),
        signingKeyFile: env["SLIPWAY_SIGNING_KEY_FILE"] ?? null,
        onNote: (text) => context.report.event({ type: "note", text }),
      }),
      github: await openGitHub(release.github ?? null, env, flags.dryRun),
      clock: context.adapters.clock,
      report: context.report.event,
      confirm: (plan) => confirmRelease(context, flags, plan),
      signal,
    },
  };
}

async function openGitHub(
  repository: string | null,
  env: CommandContext["env"],
  isDryRun: boolean,
) {
  if (repository === null) return null;
  const token = env["GITHUB_TOKEN"] ?? env["GH_TOKEN"] ?? "";
  if (token === "" && !isDryRun) throw tokenMissing(repository);
  const { createGitHub } = await import("../github/octokit-github.ts");
  return createGitHub({ repository, token, baseUrl: env["GITHUB_API_URL"] });
}

function tokenMissing(repository: string): SlipwayError {
  return new SlipwayError("CREDENTIALS_MISSING", `There is no token for GitHub's ${repository}.`, {
    hint: "Nothing was touched. Set GITHUB_TOKEN; it needs `contents: write`. Or see what would happen: --dry-run",
  });
}

function notConfigured(): SlipwayError {
  return new SlipwayError(
    "CONFIG_INVALID",
    "tools/slipway.yaml does not say where to release to.",
    {
      hint: "Nothing was touched. Add, for example: release: { registry: docker.io/aegee, github: AEGEE/myaegee }",
    },
  );
}
