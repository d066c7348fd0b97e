import { mkdir, rm, stat, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";

import { execa } from "execa";

import { cacheFolder } from "./lab-facts.ts";

const debs = join(cacheFolder, "debs");
const trixie = join(cacheFolder, "trixie");
const listsAgeMs = 7 * 24 * 3600 * 1000;
const unsandboxed = ["-o", "APT::Sandbox::User=root"];

/**
 * Packages of this machine's Debian with all they need beyond what is `installed`: `machine` (what it has already)
 * or `nothing` (for a file system of their own). Downloaded once; gives the files.
 */
export async function fetchPackages(
  names: readonly string[],
  installed: "machine" | "nothing",
): Promise<readonly string[]> {
  const status = installed === "machine" ? [] : ["-o", `Dir::State::status=${await emptyFile()}`];
  const install = ["-y", "-qq", "--no-install-recommends", ...status, ...unsandboxed];
  const empty = join(cacheFolder, "none");
  await mkdir(join(empty, "partial"), { recursive: true });
  await mkdir(join(debs, "partial"), { recursive: true });
  const { stdout } = await apt([
    "-o",
    `Dir::Cache::archives=${empty}`,
    ...install,
    "--print-uris",
    "install",
    ...names,
  ]);
  await apt([
    "-o",
    `Dir::Cache::archives=${debs}`,
    ...install,
    "--download-only",
    "install",
    ...names,
  ]);
  // Each line: 'address' file size hash
  return stdout.split("\n").flatMap((line) => {
    const file = line.startsWith("'") ? line.split(" ")[1] : undefined;
    return file === undefined ? [] : [join(debs, file)];
  });
}

/** Packages of Debian trixie by themselves: Docker's need nothing newer than what Debian 12 has. */
export async function fetchTrixiePackages(names: readonly string[]): Promise<readonly string[]> {
  const config = await ensureTrixie();
  const folder = join(trixie, "debs");
  await mkdir(folder, { recursive: true });
  const wanted = names.map((name) => `${name}/trixie`);
  const { stdout } = await apt([...config, "-qq", "--print-uris", "download", ...wanted]);
  await execa("apt-get", [...config, "-qq", "download", ...wanted], { cwd: folder });
  return stdout.split("\n").flatMap((line) => {
    const file = line.split(" ")[1];
    return file === undefined ? [] : [join(folder, basename(file))];
  });
}

/** The package lists of trixie, from the mirror that this machine already uses, in a folder of their own. */
async function ensureTrixie(): Promise<readonly string[]> {
  const lists = join(trixie, "lists");
  await mkdir(join(lists, "partial"), { recursive: true });
  const sources = join(trixie, "sources.list");
  const config = [
    "-o",
    `Dir::Etc::SourceList=${sources}`,
    "-o",
    "Dir::Etc::SourceParts=/dev/null",
    "-o",
    "Dir::Etc::PreferencesParts=/dev/null",
    "-o",
    `Dir::State::Lists=${lists}`,
    "-o",
    `Dir::Cache::pkgcache=`,
    "-o",
    "Dir::Cache::srcpkgcache=",
    ...unsandboxed,
  ];
  const known = await stat(sources).catch(() => null);
  if (known !== null && Date.now() - known.mtimeMs < listsAgeMs) return config;
  const keyring = "/usr/share/keyrings/debian-archive-keyring.gpg";
  await writeFile(sources, `deb [signed-by=${keyring}] ${await findMirror()} trixie main\n`);
  await apt([...config, "-qq", "update"]).catch(async (cause: unknown) => {
    await rm(sources);
    throw cause;
  });
  return config;
}

async function findMirror(): Promise<string> {
  const { stdout } = await apt(["indextargets", "--format", "$(REPO_URI) $(RELEASE)"]);
  const entries = stdout.split("\n").map((line) => line.split(" "));
  const plain = entries.find(([, release = ""]) => /^[a-z]+$/u.test(release));
  if (plain?.[0] !== undefined) return plain[0];
  throw new Error("This machine's apt knows no Debian mirror. Run: apt-get update");
}

async function emptyFile(): Promise<string> {
  const file = join(cacheFolder, "no-packages");
  await mkdir(cacheFolder, { recursive: true });
  await writeFile(file, "");
  return file;
}

async function apt(args: readonly string[]) {
  return execa("apt-get", args, { env: { DEBIAN_FRONTEND: "noninteractive" } });
}

export async function unpackPackages(files: readonly string[], into: string): Promise<void> {
  await mkdir(into, { recursive: true });
  for (const file of files) await execa("dpkg-deb", ["-x", file, into]);
}
