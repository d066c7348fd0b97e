import { readFile, rm, symlink } from "node:fs/promises";
import path from "node:path";
import { buffer } from "node:stream/consumers";

import { execa } from "execa";
import { expect, onTestFinished, test } from "vitest";

import { labFolder } from "../../lab/lab-facts.ts";
import { programsEnv } from "../../lab/programs.ts";
import { parsePlan } from "../../src/deploy/parse-plan.ts";
import { imagesFolder } from "../../src/images/image-folders.ts";
import { ImageManifest, parseDocument } from "../../src/images/oci-documents.ts";
import { createDistributionRegistry } from "../../src/registries/distribution.ts";
import { createOciLayoutRegistry } from "../../src/registries/oci-layout.ts";
import type { Registry } from "../../src/registries/registry.ts";
import { writeReleaseSet } from "../../src/release/release-set-store.ts";
import { leaveOut } from "../fixtures/require-program.ts";
import { registryLogin, startDockerRegistry } from "../fixtures/start-docker-registry.ts";
import { createTestFolder, writeFiles } from "../fixtures/test-folder.ts";
import { labAdvice } from "./lab-environment.ts";
import { createHostsWorkspace, hasHosts, type LastingWorkspace } from "./open-hosts-workspace.ts";

const hosts = ["b", "c"] as const;
const limitMs = 120_000;
const auth = Buffer.from(`${registryLogin.user}:${registryLogin.password}`).toString("base64");

/** Tests of images that come from a registry to the hosts. */
export function describeRegistryImages(): void {
  test("a released image comes to every host before traffic moves, and no password with it", async (context) => {
    if (!(await hasHosts(...hosts))) leaveOut(context, labAdvice);
    Object.assign(process.env, programsEnv());
    // Reached by this machine only: the hosts could not pull, whatever they knew.
    const name = await startDockerRegistry(context);
    const workspace = await createHostsWorkspace(hosts, { services: ["hello"] });
    onTestFinished(workspace.remove, limitMs);
    const release = await publish(workspace, name);
    await useRegistry(workspace, name);
    const env = await signIn(name);

    const deployed = await workspace.startSlipwayWith({ env }, "deploy", `--release=${release}`);

    expect([deployed.exitCode, deployed.stderr]).toEqual([0, expect.any(String)]);
    const doors = hosts.map(async (host) =>
      fetch(`${workspace.doorOf(host)}/api/hello/healthcheck`),
    );
    expect((await Promise.all(doors)).map(({ status }) => status)).toEqual([200, 200]);
    expect(await findSecret(workspace.environment)).toEqual([]);

    await useRegistry(workspace, "127.0.0.1:1");
    const ledger = await readFile(workspace.fileOf(hosts[0], "ledger.jsonl"), "utf8");
    const gone = await workspace.startSlipwayWith({ env }, "deploy", `--release=${release}`);

    expect(String(gone.stderr)).toContain("[REGISTRY_UNREACHABLE]");
    expect(gone.exitCode).toBe(14);
    expect(await readFile(workspace.fileOf(hosts[0], "ledger.jsonl"), "utf8")).toBe(ledger);
  });
}

/** Builds and publishes the service, and forgets it here. Gives the name of its release set. */
async function publish(workspace: LastingWorkspace, name: string): Promise<string> {
  const file = path.join(workspace.folder, "plan.json");
  const planned = await workspace.slipway("deploy", "--dry-run", `--out=${file}`);
  expect([planned.exitCode, planned.stderr]).toEqual([0, expect.any(String)]);
  const { set } = parsePlan(await readFile(file, "utf8"), file);
  const registry = createDistributionRegistry(name, { readCredentials: async () => registryLogin });
  const built = imagesFolder(workspace.folder);
  await copyImage(createOciLayoutRegistry(built), registry, set.services["hello"]?.digest ?? "");
  await writeReleaseSet({ registry, repository: "team/release-sets" }, set, []);
  await rm(built, { recursive: true });
  return set.id;
}

/** As it is: what a working tree builds has no provenance, so it can't be published as a release is. */
async function copyImage(from: Registry, to: Registry, digest: string): Promise<void> {
  const content = (await from.readManifest("hello", digest)) ?? new Uint8Array();
  const { config, layers } = parseDocument(ImageManifest, content, "Image");
  for (const blob of [config, ...layers]) {
    const bytes = await buffer(await from.readBlob("hello", blob.digest));
    await to.writeBlob("team/hello", blob.digest, bytes);
  }
  await to.writeManifest("team/hello", content);
}

async function useRegistry(workspace: LastingWorkspace, name: string): Promise<void> {
  await writeFiles(workspace.folder, {
    "tools/slipway.yaml": `image: { base: embedded }\nrelease: { registry: "${name}/team" }\n`,
  });
  await workspace.editSettings((settings) => Object.assign(settings, { source: "registry" }));
}

/** What `docker login` leaves, beside what the docker command needs. */
async function signIn(name: string): Promise<Record<string, string>> {
  const folder = await createTestFolder("docker-");
  await writeFiles(folder, { "config.json": JSON.stringify({ auths: { [name]: { auth } } }) });
  const plugins = path.join(programsEnv()["DOCKER_CONFIG"] ?? "", "cli-plugins");
  await symlink(plugins, path.join(folder, "cli-plugins"));
  return { DOCKER_CONFIG: folder };
}

/** Files of the hosts that hold the password. */
async function findSecret(environment: string): Promise<readonly string[]> {
  const folders = hosts.map((host) => path.join(labFolder, "hosts", host, "slipway", environment));
  const words = ["-e", auth, "-e", registryLogin.password];
  const { stdout } = await execa("grep", ["-rlaF", ...words, ...folders], { reject: false });
  return stdout.split("\n").filter((line) => line !== "");
}
