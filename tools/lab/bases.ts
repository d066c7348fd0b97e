import { access, cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { gunzipSync } from "node:zlib";

import { execa } from "execa";

import { computeDigest } from "../src/images/digest.ts";
import { mediaTypes } from "../src/images/oci-documents.ts";
import { formatArchitecture } from "../src/images/platform.ts";
import { createOciLayoutRegistry } from "../src/registries/oci-layout.ts";
import { cacheFolder } from "./lab-facts.ts";
import { fetchPackages, unpackPackages } from "./packages.ts";

/** OCI layouts, one a base: `oci:<basesFolder>/node:lab`. */
export const basesFolder = join(cacheFolder, "bases");
/** Bases made by another recipe are made again. */
const recipe = "2";

interface BaseRecipe {
  name: string;
  packages: readonly string[];
  /** What an installation would have done beyond unpacking. */
  finish: (root: string) => Promise<void>;
  config: object;
}

// Needed by scripts that never run here, or by functions that nobody uses.
const unneeded =
  /^(?:perl|libperl|lib[\w-]+-perl|libllvm|libz3|locales|libc-l10n|debconf|dpkg|usrmerge|vim|systemd|dbus)/u;
const path = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

const recipes: readonly BaseRecipe[] = [
  {
    name: "node",
    packages: ["libc6", "libstdc++6", "libatomic1", "tzdata", "dash"],
    finish: addNode,
    config: { Env: [path], WorkingDir: "/" },
  },
  {
    name: "postgres",
    packages: ["postgresql-15", "dash", "coreutils"],
    finish: addPostgresEntry,
    config: {
      Env: [`${path}:/usr/lib/postgresql/15/bin`, "PGDATA=/var/lib/postgresql/data"],
      Entrypoint: ["/usr/local/bin/docker-entrypoint.sh"],
      Cmd: ["postgres"],
    },
  },
  {
    name: "haproxy",
    packages: ["haproxy", "dash"],
    finish: async () => {},
    config: { Env: [path], User: "99:99" },
  },
];

/** Makes the base images that are not there yet, from Debian's packages. */
export async function ensureBases(say: (text: string) => void): Promise<void> {
  for (const base of recipes) {
    const mark = join(basesFolder, base.name, `recipe-${recipe}`);
    const isThere = await access(mark).then(
      () => true,
      () => false,
    );
    if (isThere) continue;
    say(`builds the base image ${base.name}`);
    await rm(join(basesFolder, base.name), { recursive: true, force: true });
    await buildBase(base);
    await writeFile(mark, "");
  }
}

async function buildBase({ name, packages, finish, config }: BaseRecipe): Promise<void> {
  const work = await mkdtemp(join(cacheFolder, "rootfs-"));
  try {
    const root = join(work, "root");
    const files = await fetchPackages(packages, "nothing");
    await unpackPackages(
      files.filter((file) => !unneeded.test(basename(file))),
      root,
    );
    await prepareRoot(root);
    await finish(root);
    await writeImage(name, await packRoot(root, join(work, "layer.tar.gz")), config);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function prepareRoot(root: string): Promise<void> {
  for (const folder of ["usr/share/doc", "usr/share/man", "usr/share/locale", "var/cache"]) {
    await rm(join(root, folder), { recursive: true, force: true });
  }
  for (const folder of ["etc", "tmp", "usr/local/bin", "bin", "root", "proc", "sys", "dev"]) {
    await mkdir(join(root, folder), { recursive: true });
  }
  const users = [
    "root:x:0:0:root:/root:/bin/sh",
    "haproxy:x:99:99::/nonexistent:/usr/sbin/nologin",
    "postgres:x:999:999::/var/lib/postgresql:/bin/sh",
    "nonroot:x:65532:65532::/nonexistent:/usr/sbin/nologin",
  ];
  const groups = ["root:x:0:", "haproxy:x:99:", "postgres:x:999:", "nonroot:x:65532:"];
  await writeFile(join(root, "etc/passwd"), `${users.join("\n")}\n`);
  await writeFile(join(root, "etc/group"), `${groups.join("\n")}\n`);
  await writeFile(join(root, "etc/nsswitch.conf"), "hosts: files dns\n");
  await execa("chmod", ["1777", join(root, "tmp")]);
}

/** The very node that runs the tests: the binary of the npm package. */
async function addNode(root: string): Promise<void> {
  const manifest = createRequire(import.meta.url).resolve("node/package.json");
  await cp(join(dirname(manifest), "bin/node"), join(root, "usr/local/bin/node"));
}

/** Behaves as the official image's: makes the cluster on first start, with the password of a file. */
async function addPostgresEntry(root: string): Promise<void> {
  const script = await readFile(join(import.meta.dirname, "postgres-entrypoint.sh"));
  await writeFile(join(root, "usr/local/bin/docker-entrypoint.sh"), script, { mode: 0o755 });
  const data = join(root, "var/lib/postgresql/data");
  await mkdir(data, { recursive: true, mode: 0o700 });
  await mkdir(join(root, "var/run/postgresql"), { recursive: true });
  await execa("chown", ["-R", "999:999", data, join(root, "var/run/postgresql")]);
}

async function packRoot(root: string, file: string): Promise<Buffer> {
  const fixed = ["--sort=name", "--mtime=@0", "--numeric-owner", "-I", "gzip -1n"];
  await execa("tar", ["-c", ...fixed, "-f", file, "-C", root, "."]);
  return readFile(file);
}

async function writeImage(name: string, layer: Buffer, config: object): Promise<void> {
  const registry = createOciLayoutRegistry(basesFolder);
  const store = async (content: Uint8Array) => {
    const digest = computeDigest(content);
    await registry.writeBlob(name, digest, content);
    return { digest, size: content.byteLength };
  };
  const image = {
    architecture: formatArchitecture(process.arch),
    os: "linux",
    config,
    rootfs: { type: "layers", diff_ids: [computeDigest(gunzipSync(layer))] },
    // OCI leaves it optional, but Buildah builds on no image without it.
    history: [{ created: "1970-01-01T00:00:00Z", created_by: "Debian's packages" }],
  };
  const manifest = {
    schemaVersion: 2,
    mediaType: mediaTypes.manifest,
    config: { mediaType: mediaTypes.config, ...(await store(toBytes(image))) },
    layers: [{ mediaType: mediaTypes.layerGzip, ...(await store(layer)) }],
  };
  await registry.writeManifest(name, toBytes(manifest), "lab");
}

function toBytes(document: object): Buffer {
  return Buffer.from(JSON.stringify(document));
}
