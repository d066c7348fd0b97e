import { rm, writeFile } from "node:fs/promises";
import path from "node:path";

import { execa } from "execa";

import type { LabFacts } from "../../lab/lab-facts.ts";
import { programsEnv } from "../../lab/programs.ts";
import { mapBounded } from "../../src/images/map-bounded.ts";
import type { ImageWorkspace } from "./image-workspace.ts";

export interface Builder {
  name: string;
  /** Builds these services' images from the workspace as it is, and pushes them. */
  publish(services: readonly string[]): Promise<void>;
  /** Makes the next one begin without any cache and in new repositories. */
  forget(): Promise<void>;
}

export interface BuildersOptions {
  lab: LabFacts;
  /** Where images go. */
  registry: string;
  workspace: ImageWorkspace;
}

const parallel = 4;
const here = import.meta.dirname;

/** Ours first. Peers that can't run on this machine are named with the reason. */
export async function createBuilders(
  options: BuildersOptions,
): Promise<{ builders: readonly Builder[]; leftOut: readonly string[] }> {
  const leftOut = [
    "Dockerfile with `npm ci --omit=dev`: containers of the lab reach no package registry",
  ];
  const builders = [createOurs(options)];
  const docker = await createDocker(options);
  if (typeof docker === "string") leftOut.push(docker);
  else builders.push(docker);
  const buildah = await createBuildah(options);
  if (typeof buildah === "string") leftOut.push(buildah);
  else builders.push(buildah);
  return { builders, leftOut };
}

function createOurs({ lab, registry, workspace }: BuildersOptions): Builder {
  let namespace = 0;
  return {
    name: "slipway",
    publish: async (services) => {
      await execa(
        process.execPath,
        [
          path.join(here, "publish-ours.ts"),
          `--services=${services.join(",")}`,
          `--registry=${registry}`,
          `--namespace=ours-${namespace}`,
          `--base=oci:${path.join(lab.bases, "node")}:lab`,
        ],
        { cwd: workspace.folder },
      );
    },
    forget: async () => {
      namespace += 1;
      await rm(path.join(workspace.folder, "dist"), { recursive: true, force: true });
    },
  };
}

/** The way most teams write it: a bundler, then a Dockerfile that copies the bundle on a base image. */
const dockerfile = [
  "ARG BASE",
  "FROM $BASE",
  "WORKDIR /app",
  "COPY migrations ./migrations",
  "COPY main.js ./",
  'CMD ["node", "main.js"]',
  "",
].join("\n");

/** A folder that holds what the Dockerfile copies. */
async function bundle(workspace: ImageWorkspace, service: string): Promise<string> {
  const source = path.join(workspace.folder, "services", service);
  const folder = path.join(workspace.folder, "dist/bench-peers", service);
  await execa(
    path.join(workspace.folder, "node_modules/.bin/rolldown"),
    [path.join(source, "src/main.ts"), "--platform=node", "--format=esm", "--dir", folder],
    { cwd: workspace.folder },
  );
  await execa("cp", ["-r", path.join(source, "migrations"), folder]);
  await writeFile(path.join(folder, "Dockerfile"), dockerfile);
  return folder;
}

async function createDocker({
  lab,
  registry,
  workspace,
}: BuildersOptions): Promise<Builder | string> {
  const host = lab.hosts.find(({ ssh }) => ssh === null);
  if (host === undefined) return "docker build: the lab has no engine on this machine";
  const env = { ...programsEnv(), DOCKER_HOST: `unix://${host.socket}` };
  const run = (args: readonly string[]) => execa("docker", args, { env });
  const version = await execa("docker", ["buildx", "version"], { env, reject: false });
  if (version.failed) return "docker build: the lab's Docker has no buildx";
  const base = `${registry}/base/node:lab`;
  await pushBase(lab, base);
  await run(["pull", "--quiet", base]);
  let namespace = 0;
  return {
    name: "docker build + push",
    publish: async (services) => {
      await mapBounded(services, parallel, async (service) => {
        const image = `${registry}/docker-${namespace}/${service}:1`;
        const folder = await bundle(workspace, service);
        const options = ["--quiet", `--build-arg=BASE=${base}`, `--tag=${image}`];
        await run(["buildx", "build", "--push", ...options, folder]);
      });
    },
    forget: async () => {
      namespace += 1;
      await run(["buildx", "prune", "--all", "--force"]);
    },
  };
}

async function createBuildah({
  lab,
  registry,
  workspace,
}: BuildersOptions): Promise<Builder | string> {
  const version = await execa("buildah", ["--version"], { reject: false });
  if (version.failed) return "buildah: it is not on this machine (apt-get install buildah)";
  const base = `${registry}/base/node:lab`;
  await pushBase(lab, base);
  const root = path.join(workspace.folder, "dist/bench-buildah");
  const store = [`--root=${root}/store`, `--runroot=${root}/run`, "--storage-driver=vfs"];
  const run = (command: string, args: readonly string[]) =>
    execa("buildah", [...store, command, ...args]);
  let namespace = 0;
  return {
    name: "buildah bud + push",
    publish: async (services) => {
      for (const service of services) {
        const image = `${registry}/buildah-${namespace}/${service}:1`;
        const folder = await bundle(workspace, service);
        const options = ["--quiet", "--layers", "--tls-verify=false", `--build-arg=BASE=${base}`];
        await run("build", [...options, "--isolation=chroot", `--tag=${image}`, folder]);
        await run("push", ["--quiet", "--tls-verify=false", image]);
      }
    },
    forget: async () => {
      namespace += 1;
      await run("rmi", ["--all", "--force"]);
      await run("pull", ["--quiet", "--tls-verify=false", base]);
    },
  };
}

async function pushBase(lab: LabFacts, base: string): Promise<void> {
  const from = `oci:${path.join(lab.bases, "node")}:lab`;
  await execa("skopeo", ["copy", "--quiet", "--dest-tls-verify=false", from, `docker://${base}`]);
}
