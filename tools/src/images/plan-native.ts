import type { PackageLock } from "../workspace/package-lock.ts";
import type { ClosurePackage } from "../workspace/plan-closure.ts";

/** Names of packages that cannot be bundled: they hold machine code, or build some when they are installed. */
export function planNative(closure: readonly ClosurePackage[], lock: PackageLock): string[] {
  const native = closure.filter(
    ({ folder, locked }) => locked.hasInstallScript === true || hasPlatformParts(folder, lock),
  );
  return [...new Set(native.map(({ name }) => name))].toSorted();
}

/** One optional package per platform, as napi-rs publishes addons. */
function hasPlatformParts(folder: string, lock: PackageLock): boolean {
  const optional = Object.keys(lock.packages[folder]?.optionalDependencies ?? {});
  return optional.some((name) => {
    const part =
      lock.packages[`${folder}/node_modules/${name}`] ?? lock.packages[`node_modules/${name}`];
    return part?.cpu !== undefined || part?.os !== undefined;
  });
}
