import type { LockedPackage, PackageLock } from "./package-lock.ts";

/** What an image runs on. */
export interface Platform {
  /** As npm says it: `linux`, `darwin`. */
  os: string;
  /** As npm says it: `x64`, `arm64`. */
  cpu: string;
  libc: "glibc" | "musl";
}

/** A folder that another one needs at run time. */
export interface ClosurePackage {
  /** Folder, relative to the workspace: `node_modules/fastify`, or `libs/auth` for one of ours. */
  folder: string;
  name: string;
  locked: LockedPackage;
}

/** A project of this workspace, not a package from npm. */
export function isOurs({ folder }: ClosurePackage): boolean {
  return !folder.includes("node_modules/");
}

interface ClosureRequest {
  lock: PackageLock;
  /** Folders to start from: `services/events`. They are not in the result themselves. */
  from: readonly string[];
  platform: Platform;
  /** Also what the first folders need for building. */
  withDev?: boolean;
}

/** Everything that the start folders need on this platform, by node's own way of looking for packages, sorted. */
export function planClosure(request: ClosureRequest): ClosurePackage[] {
  const found = new Map<string, ClosurePackage>();
  const queue = [...request.from];
  for (const folder of queue) {
    const names = listNeeds(request, folder);
    for (const name of names) {
      const next = resolvePackage(request.lock, folder, name);
      if (next !== null && fitsPlatform(next.locked, request.platform) && !found.has(next.folder)) {
        found.set(next.folder, next);
        queue.push(next.folder);
      }
    }
  }
  return [...found.values()].toSorted((a, b) => (a.folder < b.folder ? -1 : 1));
}

/** Whether each package that the others name is, seen from the first folder, the very same one. */
export function seeSamePackages(lock: PackageLock, [first, ...others]: readonly string[]): boolean {
  return others.every((folder) =>
    listNeeds({ lock, from: [] }, folder).every(
      (name) =>
        resolvePackage(lock, folder, name)?.folder ===
        resolvePackage(lock, first ?? "", name)?.folder,
    ),
  );
}

function listNeeds(
  { lock, from, withDev }: Omit<ClosureRequest, "platform">,
  folder: string,
): string[] {
  const locked = lock.packages[folder];
  return Object.keys({
    ...locked?.dependencies,
    ...locked?.optionalDependencies,
    ...listPeers(locked),
    ...(withDev === true && from.includes(folder) ? locked?.devDependencies : {}),
  });
}

/** An optional peer is somebody else's choice: it is here when another dependency brings it. */
function listPeers(locked: LockedPackage | undefined): Record<string, string> {
  const isOptional = (name: string) => locked?.peerDependenciesMeta?.[name]?.optional === true;
  return Object.fromEntries(
    Object.entries(locked?.peerDependencies ?? {}).filter(([name]) => !isOptional(name)),
  );
}

function resolvePackage(lock: PackageLock, from: string, name: string): ClosurePackage | null {
  for (const parent of listParents(from)) {
    const folder = `${parent}node_modules/${name}`;
    const locked = lock.packages[folder];
    if (locked?.link === true && locked.resolved !== undefined) {
      return { folder: locked.resolved, name, locked: lock.packages[locked.resolved] ?? {} };
    }
    if (locked !== undefined) {
      return { folder, name, locked };
    }
  }
  return null;
}

/** `a/b` → `a/b/`, `a/`, and the root; folders named node_modules hold no node_modules themselves. */
function listParents(folder: string): string[] {
  const parts = folder.split("/");
  return parts
    .map((_, position) => parts.slice(0, parts.length - position))
    .filter((path) => path.at(-1) !== "node_modules")
    .map((path) => `${path.join("/")}/`)
    .concat("");
}

export function fitsPlatform(locked: LockedPackage, platform: Platform): boolean {
  return (
    allows(locked.os, platform.os) &&
    allows(locked.cpu, platform.cpu) &&
    allows(locked.libc, platform.libc)
  );
}

/** npm's lists: names that are allowed, or names that are not, with `!` before them. */
function allows(list: readonly string[] | undefined, value: string): boolean {
  if (list === undefined || list.length === 0) {
    return true;
  }
  const allowed = list.filter((name) => !name.startsWith("!"));
  return !list.includes(`!${value}`) && (allowed.length === 0 || allowed.includes(value));
}
