import path from "node:path";

import { bundleVendor } from "./bundle-vendor.ts";
import { formatPackageName, type Bundle, type BundleRequest } from "./bundle.ts";
import { rewriteImports } from "./rewrite-imports.ts";
import {
  isVendor,
  keepExternal,
  listBundledPackages,
  listSources,
  runRolldown,
  toFile,
} from "./run-rolldown.ts";

/**
 * The service's code and the packages it uses, apart. Packages take ten times as long to bundle and seldom change,
 * so they are bundled for themselves and kept by what the code uses of them.
 */
export async function bundleService(request: BundleRequest): Promise<Bundle> {
  const apart = request.vendorKey === null ? null : await bundleApart(request, request.vendorKey);
  return apart ?? bundleWhole(request);
}

async function bundleApart(request: BundleRequest, vendorKey: string): Promise<Bundle | null> {
  const used = new Set<string>();
  const chunks = await runRolldown({
    request,
    entry: mainEntry(request),
    plugins: [keepExternal(request.external, (id) => used.add(id)), keepPackages(request.ours)],
  });
  const rewritten = rewriteImports(chunks.map(toFile), (id) => !used.has(id));
  if (rewritten === null) {
    return null;
  }
  const vendor = await bundleVendor(request, rewritten.uses, vendorKey);
  return {
    app: rewritten.files,
    vendor: vendor.files,
    external: listPackages([...used, ...vendor.external]),
    packages: vendor.packages,
    sources: listSources(request.workspace, chunks),
  };
}

async function bundleWhole(request: BundleRequest): Promise<Bundle> {
  const used = new Set<string>();
  const chunks = await runRolldown({
    request,
    entry: mainEntry(request),
    plugins: [keepExternal(request.external, (id) => used.add(id))],
  });
  return {
    app: chunks.filter((chunk) => !isVendor(chunk)).map(toFile),
    vendor: chunks.filter(isVendor).map(toFile),
    external: listPackages([...used]),
    packages: listBundledPackages(request.workspace, chunks),
    sources: listSources(request.workspace, chunks),
  };
}

function mainEntry({ workspace, folder }: BundleRequest): readonly [string, string] {
  return ["main", path.join(workspace, folder, "src/main.ts")];
}

/** Leaves imports of packages as they are, but for our own libraries. */
export function keepPackages(ours: readonly string[]) {
  return {
    name: "keep-packages",
    resolveId: {
      filter: { id: /^[^./#\0]/u },
      handler(id: string) {
        const isOurs = path.isAbsolute(id) || ours.includes(formatPackageName(id));
        return isOurs ? null : { id, external: true };
      },
    },
  };
}

function listPackages(specifiers: readonly string[]): string[] {
  return [...new Set(specifiers.map(formatPackageName))].toSorted();
}
