import { mkdir, symlink } from "node:fs/promises";
import path from "node:path";

import { execa } from "execa";
import { expect, onTestFinished, test, type TestContext } from "vitest";

import { createOciLayoutRegistry } from "../../src/registries/oci-layout.ts";
import { writePlatformBase } from "../fixtures/platform-base.ts";
import { registryLogin, startDockerRegistry } from "../fixtures/start-docker-registry.ts";
import { writeFiles } from "../fixtures/test-folder.ts";
import { startGitHub } from "./github-stand-in.ts";
import { changeset, createReleaseWorkspace } from "./release-workspace.ts";

const slipway = path.resolve(import.meta.dirname, "../../bin/slipway.js");

/** Builds images of two services for two platforms, twice, and deploys them. */
const slow = { timeout: 180_000 };

const environment = (port: number) => `name: production
driver: process
source: registry
testData: false
gateway: { port: ${port}, fallback: next free }
policy: { confirm: none, readinessSeconds: 10, soakSeconds: 0, keepWarmMinutes: 0 }
`;

/** A workspace whose releases go to a registry behind a password, and the command line as people run it. */
async function openCommand(context: TestContext) {
  const [name, github] = await Promise.all([startDockerRegistry(context), startGitHub()]);
  const workspace = await createReleaseWorkspace({
    "tools/slipway.yaml": [
      "image: { base: embedded, releaseBase: 'oci:../bases/node:24' }",
      `release: { registry: "${name}/team", github: team/place }`,
      "",
    ].join("\n"),
    "tools/environments/production.yaml": environment(20_000 + Math.floor(Math.random() * 20_000)),
    ".changeset/brave-cat.md": changeset(["@x/words"], "minor", "Words are shorter."),
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
  const run = (...argv: string[]) =>
    execa(process.execPath, [slipway, ...argv], { cwd: folder, env, reject: false });
  onTestFinished(async () => {
    await run("stop", "--env=production");
  });
  return { workspace, github, run };
}

async function linkLibraries(folder: string): Promise<void> {
  await mkdir(path.join(folder, "node_modules/@x"), { recursive: true });
  await symlink("../../libs/greeting", path.join(folder, "node_modules/@x/greeting"));
  await symlink("../../libs/words", path.join(folder, "node_modules/@x/words"));
}

test("releases, has nothing more to do, and deploys what was released", slow, async (context) => {
  const { workspace, github, run } = await openCommand(context);

  const preview = await run("release", "--dry-run");
  const first = await run("release");
  const again = await run("release", "--json");
  const deployed = await run("deploy", "--env=production");
  const answer = await fetch(`${deployed.stdout}/api/hello/healthcheck`);
  await workspace.merge("Change the world", {
    ".changeset/calm-dog.md": changeset(["@x/world"], "patch", "A new world."),
    "services/world/src/main.ts": "console.log('new');\n",
  });
  const one = await run("release", "--json");

  expect(preview.stdout).toContain("+  hello    none      1.2.4");
  expect(github.faults).toEqual([]);
  expect([first.stderr, first.exitCode]).toEqual([
    expect.stringContaining("Released 2 services"),
    0,
  ]);
  expect(first.stdout).toMatch(/^set-[0-9a-f]{12}$/u);
  expect(JSON.parse(again.stdout.split("\n").at(-1) ?? "")).toMatchObject({
    type: "release",
    outcome: "no change",
    steps: 0,
    set: first.stdout,
  });
  expect([deployed.stderr, deployed.exitCode]).toEqual([expect.stringContaining("Deployed"), 0]);
  expect(await answer.json()).toMatchObject({ data: { version: "1.2.4", text: "hello there" } });
  const released = JSON.parse(one.stdout.split("\n").at(-1) ?? "");
  expect(released.services).toMatchObject([
    { name: "hello", version: "1.2.4", isNew: false },
    { name: "world", version: "0.4.1", isNew: true },
  ]);
  await context.annotate(
    [
      `first release: ${/Released .*? s\./u.exec(first.stderr)?.[0]}`,
      `nothing to release: ${/"durationMs":(\d+)\}$/u.exec(again.stdout)?.[1]} ms`,
      `one service: ${released.sentBytes} bytes in ${released.durationMs} ms`,
    ].join("; "),
  );
});
