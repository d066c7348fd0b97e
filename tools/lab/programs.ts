import { access, mkdir, symlink } from "node:fs/promises";
import { join } from "node:path";

import { programsFolder } from "./lab-facts.ts";
import { fetchPackages, fetchTrixiePackages, unpackPackages } from "./packages.ts";

/** Debian 12's own Engine and Compose are too old; what they stand on is not. */
const newer = ["docker.io", "docker-cli", "docker-buildx", "docker-compose"];
const own = ["containerd", "runc", "iptables", "iproute2", "openssh-server", "docker-registry"];

/** Unpacks what the machine lacks; gives the environment that finds it. */
export async function ensurePrograms(): Promise<Readonly<Record<string, string>>> {
  const engine = join(programsFolder, "usr/sbin/dockerd");
  const isThere = await access(engine).then(
    () => true,
    () => false,
  );
  if (!isThere) {
    const files = [...(await fetchPackages(own, "machine")), ...(await fetchTrixiePackages(newer))];
    await unpackPackages(files, programsFolder);
    await mkdir(join(dockerConfig, "cli-plugins"), { recursive: true });
    const plugin = join(programsFolder, "usr/libexec/docker/cli-plugins/docker-compose");
    await symlink(plugin, join(dockerConfig, "cli-plugins/docker-compose"));
  }
  return programsEnv();
}

/** Where the docker command finds Compose. */
const dockerConfig = join(programsFolder, "docker");

export function programsEnv(): Readonly<Record<string, string>> {
  const triplet = process.arch === "arm64" ? "aarch64-linux-gnu" : "x86_64-linux-gnu";
  const paths = ["usr/local/sbin", "usr/sbin", "sbin", "usr/bin", "bin"];
  const libraries = [`usr/lib/${triplet}`, `lib/${triplet}`];
  return {
    PATH: [...paths.map((path) => join(programsFolder, path)), process.env["PATH"] ?? ""].join(":"),
    LD_LIBRARY_PATH: libraries.map((path) => join(programsFolder, path)).join(":"),
    DOCKER_CONFIG: dockerConfig,
    XTABLES_LIBDIR: [
      `${programsFolder}/usr/lib/${triplet}/xtables`,
      `/usr/lib/${triplet}/xtables`,
    ].join(":"),
  };
}
