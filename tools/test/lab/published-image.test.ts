import { execa } from "execa";
import { expect, onTestFinished, test, type TestContext } from "vitest";

import { readLab } from "../../lab/lab-facts.ts";
import { programsEnv } from "../../lab/programs.ts";
import type { ImagePlatform } from "../../src/release/release-set.ts";
import { openRegistry, publishAll } from "../fixtures/published-images.ts";
import { buildRelease } from "../fixtures/release-workspace.ts";
import { leaveOut } from "../fixtures/require-program.ts";
import { registryLogin } from "../fixtures/start-docker-registry.ts";
import { createTestFolder, writeFiles } from "../fixtures/test-folder.ts";

const lab = await readLab();

test("a real engine pulls a published image by its digest and runs it, locked down", async (context) => {
  const engine = requireEngine(context);
  const target = await openRegistry(context);
  const released = await buildRelease({
    services: ["plain"],
    platforms: [engine.platform],
    base: engine.base,
  });
  await publishAll(released.registry, target, released);
  const image = `${target.name}/team/plain@${released.images[0]?.digest}`;
  const env = await signIn(target.name ?? "");
  const docker = (...args: string[]) =>
    execa("docker", ["--host", engine.host, ...args], { env: { ...engine.env, ...env } });
  onTestFinished(async () => {
    await docker("image", "rm", "--force", image);
  });

  await docker("pull", "--quiet", image);
  const { stdout } = await docker(
    "run",
    "--rm",
    "--read-only",
    "--network=none",
    "--cap-drop=ALL",
    "--security-opt=no-new-privileges",
    image,
  );

  expect(stdout).toBe("Hello, you");
});

function requireEngine(context: TestContext) {
  const here = lab?.hosts.find(({ ssh }) => ssh === null);
  if (lab === null || here === undefined) {
    return leaveOut(context, "Needs the lab, as root on Debian: npx nx run tools:lab up");
  }
  const platform: ImagePlatform = process.arch === "x64" ? "linux/amd64" : "linux/arm64";
  return {
    platform,
    host: `unix://${here.socket}`,
    base: `oci:${lab.bases}/node:lab`,
    env: programsEnv(),
  };
}

async function signIn(registry: string): Promise<{ DOCKER_CONFIG: string }> {
  const auth = Buffer.from(`${registryLogin.user}:${registryLogin.password}`).toString("base64");
  const folder = await createTestFolder("docker-");
  await writeFiles(folder, { "config.json": JSON.stringify({ auths: { [registry]: { auth } } }) });
  return { DOCKER_CONFIG: folder };
}
