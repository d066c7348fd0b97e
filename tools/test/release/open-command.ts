import { mkdir, symlink } from "node:fs/promises";
import path from "node:path";

import { execa, type Result } from "execa";
import { onTestFinished, type TestContext } from "vitest";

import { createOciLayoutRegistry } from "../../src/registries/oci-layout.ts";
import { writePlatformBase } from "../fixtures/platform-base.ts";
import { registryLogin, startDockerRegistry } from "../fixtures/start-docker-registry.ts";
import { writeFiles } from "../fixtures/test-folder.ts";
import { type GitHubStandIn, startGitHub } from "./github-stand-in.ts";
import { changeset, createReleaseWorkspace, type ReleaseWorkspace } from "./release-workspace.ts";

const slipway = path.resolve(import.meta.dirname, "../../bin/slipway.js");

export interface Command {
  workspace: ReleaseWorkspace;
  github: GitHubStandIn;
  /** Slipway as people run it, to its end. */
  run: (...argv: string[]) => Promise<Result<{ reject: false }>>;
}

/** The settings of an environment that runs what was released; `more` is put behind them. */
export function describeEnvironment(name: string, { soakSeconds = 0, more = "" } = {}): string {
  const port = 20_000 + Math.floor(Math.random() * 12_000);
  return `name: ${name}
driver: process
source: registry
testData: false
gateway: { port: ${port}, fallback: next free }
policy: { confirm: none, readinessSeconds: 10, soakSeconds: ${soakSeconds}, keepWarmMinutes: 10 }
${more}`;
}

/** A workspace whose releases go to a registry behind a password, with these files of environments. */
export async function openCommand(
  context: TestContext,
  environments: Readonly<Record<string, string>>,
): Promise<Command> {
  const [name, github] = await Promise.all([startDockerRegistry(context), startGitHub()]);
  const files = Object.entries(environments).map(([environment, text]) => [
    `tools/environments/${environment}.yaml`,
    text,
  ]);
  const workspace = await createReleaseWorkspace({
    "tools/slipway.yaml": [
      "image: { base: embedded, releaseBase: 'oci:../bases/node:24' }",
      `release: { registry: "${name}/team", github: team/place }`,
      "",
    ].join("\n"),
    ".changeset/brave-cat.md": changeset(["@x/words"], "minor", "Words are shorter."),
    ...Object.fromEntries(files),
  });
  const { folder } = workspace;
  await linkLibraries(folder);
  const bases = createOciLayoutRegistry(path.join(folder, "../bases"));
  await writePlatformBase({ registry: bases, repository: "node" });
  const login = Buffer.from(`${registryLogin.user}:${registryLogin.password}`).toString("base64");
  const config = { auths: { [name]: { auth: login } } };
  await writeFiles(path.join(folder, "../docker"), { "config.json": JSON.stringify(config) });
  const env = {
    DOCKER_CONFIG: path.join(folder, "../docker"),
    GITHUB_TOKEN: "s3cret",
    GITHUB_API_URL: github.url,
    GITHUB_ACTOR: "ada",
    SLIPWAY_STATE: "",
    NO_COLOR: "1",
  };
  const run = async (...argv: string[]) =>
    execa(process.execPath, [slipway, ...argv], { cwd: folder, env, reject: false });
  onTestFinished(async () => {
    await Promise.all(
      Object.keys(environments).map(async (environment) => run("stop", `--env=${environment}`)),
    );
  });
  return { workspace, github, run };
}

async function linkLibraries(folder: string): Promise<void> {
  await mkdir(path.join(folder, "node_modules/@x"), { recursive: true });
  await symlink("../../libs/greeting", path.join(folder, "node_modules/@x/greeting"));
  await symlink("../../libs/words", path.join(folder, "node_modules/@x/words"));
}
