import path from "node:path";

import { SlipwayError } from "../errors.ts";
import type { PackageLock } from "../workspace/package-lock.ts";
import { planClosure, type ClosurePackage, type Platform } from "../workspace/plan-closure.ts";
import { collectFolder } from "./collect-folder.ts";
import type { TarEntry } from "./format-tar.ts";

export interface PackagesRequest {
  workspace: string;
  lock: PackageLock;
  platform: Platform;
  /** Everything the service needs at run time. */
  closure: readonly ClosurePackage[];
  /** Names of the packages that its code loads from node_modules. */
  names: readonly string[];
}

/** The named packages and all they need, as `app/node_modules/…`. */
export async function collectPackages(request: PackagesRequest): Promise<TarEntry[]> {
  const roots = request.names.map((name) => findPackage(request, name));
  const needed = planClosure({ ...request, from: roots.map(({ folder }) => folder) });
  const packages = new Map([...roots, ...needed].map((each) => [each.folder, each]));
  const lists = await Promise.all(
    [...packages.values()].map(({ folder }) =>
      collectFolder({
        folder: path.join(request.workspace, folder),
        at: `app/${folder.slice(folder.indexOf("node_modules/"))}`,
        skip: isSuperfluous,
      }),
    ),
  );
  return lists.flat();
}

function findPackage({ closure }: PackagesRequest, name: string): ClosurePackage {
  const [found, ...others] = closure.filter((each) => each.name === name);
  if (found === undefined || others.length > 0) {
    const what = found === undefined ? "is in no package.json" : "is installed in several versions";
    throw new SlipwayError("IMAGE_BUILD_FAILED", `Package ${name} can't be bundled and ${what}.`, {
      hint: "The service's package.json must name it, and all its users must agree on one version: npm ls",
    });
  }
  return found;
}

/** Nothing that node reads: nested packages come by themselves where they are needed. */
function isSuperfluous(name: string): boolean {
  return /(?:^|\/)node_modules$|\.(?:md|map|[cm]?ts)$/u.test(name);
}
