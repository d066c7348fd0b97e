import {
  copyFile,
  mkdir,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  stat,
  writeFile,
} from "node:fs/promises";
import { dirname, join } from "node:path";

import { planOwnerId } from "./daemon-paths.ts";
import type { Owner } from "./spawn-process.ts";

/** How services are kept apart from the rest of this machine. */
export interface Isolation {
  /** User of the services when the daemon is root. */
  owner: Owner | null;
  /** Folder for what the services must reach: images, secrets, the database. */
  runRoot: string;
  /** The node that runs them. */
  nodePath: string;
}

/** The user of every image, see its configuration. */
const imageUser: Owner = { uid: 65_532, gid: 65_532 };

const systemFolder = "/var/lib/slipway";
/** Holds the path of the state folder that a folder in the system folder belongs to. */
const ownerFile = "state-folder";

/**
 * As root, services run as the images' own user; what that user can't reach (a workspace below /root) is kept or
 * copied below /var/lib/slipway. As an ordinary user everything stays in the state folder.
 */
export async function prepareIsolation(
  stateFolder: string,
  host: { isRoot: boolean; nodePath: string },
): Promise<Isolation> {
  if (!host.isRoot) {
    // Node's permissions are about real paths.
    return { owner: null, runRoot: await realpath(stateFolder), nodePath: host.nodePath };
  }
  const isReachable = await isOpenToAll(stateFolder);
  const runRoot = isReachable ? stateFolder : join(systemFolder, planOwnerId(stateFolder));
  await mkdir(runRoot, { recursive: true, mode: 0o755 });
  await writeFile(join(runRoot, ownerFile), stateFolder);
  return {
    owner: imageUser,
    runRoot: await realpath(runRoot),
    nodePath: await ensureReachableNode(host.nodePath),
  };
}

export function describeIsolation({ owner, runRoot }: Isolation): string {
  const user =
    owner === null
      ? "Services run as your own user"
      : `Services run as user ${owner.uid}, without root's rights`;
  return `${user}. Each has a session of its own, a limited heap and a cleaned environment, and Node lets it read its image and its secrets only; the network is this machine's. Their files are in ${runRoot}.`;
}

/** Folders outside the workspace whose environment has been deleted; they may hold somebody's data, so people delete them. */
export async function findAbandonedFolders(): Promise<string[]> {
  const names = await readdir(systemFolder).catch(() => []);
  const abandoned = await Promise.all(
    names.map(async (name) => await isAbandoned(join(systemFolder, name))),
  );
  return names.filter((_, position) => abandoned[position]).map((name) => join(systemFolder, name));
}

async function isAbandoned(folder: string): Promise<boolean> {
  const stateFolder = await readFile(join(folder, ownerFile), "utf8").catch(() => null);
  if (stateFolder === null) return false;
  return await stat(stateFolder).then(
    () => false,
    () => true,
  );
}

async function ensureReachableNode(nodePath: string): Promise<string> {
  if (await isOpenToAll(dirname(nodePath))) return nodePath;
  const folder = join(systemFolder, "node");
  const copy = join(folder, `node-${process.version}-${process.arch}`);
  if (await isOpenToAll(copy)) return copy;
  await mkdir(folder, { recursive: true, mode: 0o755 });
  const draft = `${copy}.${process.pid}.tmp`;
  try {
    await copyFile(nodePath, draft);
    await rename(draft, copy);
  } finally {
    await rm(draft, { force: true });
  }
  return copy;
}

/** Whether any user may pass through the path and all folders above it. */
async function isOpenToAll(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => null);
  if (found === null || (found.mode & 0o001) === 0) return false;
  return dirname(path) === path || (await isOpenToAll(dirname(path)));
}
