import type { PackageLock } from "./package-lock.ts";

/** Folders of our libraries on the shortest way from a project to one of them, which is the last. */
export function findLibraryPath(lock: PackageLock, from: string, to: string): string[] {
  const queue: string[][] = [[from]];
  const seen = new Set([from]);
  for (const path of queue) {
    const last = path.at(-1) ?? from;
    if (last === to) return path.slice(1);
    const next = listLibraries(lock, last).filter((folder) => !seen.has(folder));
    for (const folder of next) {
      seen.add(folder);
      queue.push([...path, folder]);
    }
  }
  return [to];
}

/** The project nearest to the service that names the package; the service itself when none does. */
export function findPackageUser(lock: PackageLock, from: string, packageFolder: string): string {
  const name = packageFolder.slice(packageFolder.lastIndexOf("node_modules/") + 13);
  const queue = [from];
  for (const folder of queue) {
    if (name in listNames(lock, folder)) return folder;
    queue.push(...listLibraries(lock, folder).filter((library) => !queue.includes(library)));
  }
  return from;
}

function listLibraries(lock: PackageLock, folder: string): string[] {
  return Object.keys(listNames(lock, folder)).flatMap((name) => {
    const locked = lock.packages[`node_modules/${name}`];
    return locked?.link === true && locked.resolved !== undefined ? [locked.resolved] : [];
  });
}

function listNames(lock: PackageLock, folder: string): Record<string, string> {
  const { dependencies, optionalDependencies, peerDependencies } = lock.packages[folder] ?? {};
  return { ...peerDependencies, ...optionalDependencies, ...dependencies };
}
