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
  /** Where a package lies that is not installed, because it is for another platform. */
  findFolder?: ((wanted: ClosurePackage) => Promise<string | null>) | undefined;
}

export interface CollectedPackages {
  /** As `node_modules/fastify`, sorted. */
  folders: string[];
  /** As `app/node_modules/…`. */
  entries: TarEntry[];
}

/** The named packages and all they need. */
export async function collectPackages(request: PackagesRequest): Promise<CollectedPackages> {
  const roots = request.names.map((name) => findPackage(request, name));
  const needed = planClosure({ ...request, from: roots.map(({ folder }) => folder) });
  const packages = new Map([...roots, ...needed].map((each) => [each.folder, each]));
  const lists = await Promise.all(
    [...packages.values()].map(async (wanted) =>
      collectFolder({
        folder: (await request.findFolder?.(wanted)) ?? path.join(request.workspace, wanted.folder),
        at: `app/${wanted.folder.slice(wanted.folder.indexOf("node_modules/"))}`,
        skip: isSuperfluous,
      }),
    ),
  );
  return { folders: [...packages.keys()].toSorted(), entries: lists.flat() };
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
