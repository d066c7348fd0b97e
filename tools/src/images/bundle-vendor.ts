import { mkdir } from "node:fs/promises";
import path from "node:path";

import { Type, type Static } from "typebox";

import { writeFileAtomically } from "../registries/write-file-atomically.ts";
import { readJsonFile } from "../workspace/read-json-file.ts";
import type { BundleRequest } from "./bundle.ts";
import { computeDigest, formatDigestAsName } from "./digest.ts";
import { markUsed } from "./prune-cache.ts";
import { formatAlias, vendorFile, type VendorUses } from "./rewrite-imports.ts";
import { keepExternal, listBundledPackages, runRolldown, toFile } from "./run-rolldown.ts";

const Vendor = Type.Object({
  files: Type.Array(Type.Object({ path: Type.String(), code: Type.String() })),
  external: Type.Array(Type.String()),
  /** Folders of the packages that are in the files. */
  packages: Type.Array(Type.String()),
  /** Over all other fields: a damaged file is as good as none. */
  digest: Type.String(),
});

type Vendor = Omit<Static<typeof Vendor>, "digest">;

/** What the uses name, bundled into one file; from the store when the same was bundled before. */
export async function bundleVendor(
  request: BundleRequest,
  uses: VendorUses,
  vendorKey: string,
): Promise<Vendor> {
  if (uses.size === 0) {
    return { files: [], external: [], packages: [] };
  }
  const entry = formatEntry(uses);
  const key = computeDigest(JSON.stringify([vendorKey, request.folder, request.external, entry]));
  const file = path.join(request.store, `${formatDigestAsName(key)}.json`);
  const stored = request.isFresh ? null : await readVendor(file);
  return stored ?? (await writeVendor(file, await bundle(request, entry)));
}

/** A module that exports each used name of each package under a name of its own. */
function formatEntry(uses: VendorUses): string {
  return [...uses].map(([specifier, names]) => formatExports(specifier, names)).join("");
}

function formatExports(specifier: string, names: readonly string[]): string {
  const from = JSON.stringify(specifier);
  const single = names
    .filter((name) => name !== "*")
    .map((name) => `${name} as ${formatAlias(specifier, name)}`);
  const whole = names.includes("*")
    ? `export * as ${formatAlias(specifier, "*")} from ${from};\n`
    : "";
  // Without names the line still runs the package, which may be all that is wanted of it.
  return `export { ${single.join(", ")} } from ${from};\n${whole}`;
}

async function bundle(request: BundleRequest, code: string): Promise<Vendor> {
  const used = new Set<string>();
  // A name in the service's folder, so that packages are looked for where its own code would look for them.
  const entry = path.join(request.workspace, request.folder, "src/slipway-vendor.mjs");
  const virtual = {
    name: "vendor-entry",
    resolveId: { filter: { id: /slipway-vendor\.mjs$/u }, handler: () => entry },
    load: { filter: { id: /slipway-vendor\.mjs$/u }, handler: () => code },
  };
  const chunks = await runRolldown({
    request,
    entry: [path.basename(vendorFile, ".js"), entry],
    plugins: [virtual, keepExternal(request.external, (id) => used.add(id))],
    isOneFile: true,
  });
  return {
    files: chunks.map(toFile),
    external: [...used],
    packages: listBundledPackages(request.workspace, chunks),
  };
}

async function readVendor(file: string): Promise<Vendor | null> {
  const stored = await readJsonFile(Vendor, file);
  if (stored === null) {
    return null;
  }
  await markUsed(file);
  const { digest, ...vendor } = stored;
  return digest === computeVendorDigest(vendor) ? vendor : null;
}

async function writeVendor(file: string, vendor: Vendor): Promise<Vendor> {
  await mkdir(path.dirname(file), { recursive: true });
  const digest = computeVendorDigest(vendor);
  await writeFileAtomically(file, JSON.stringify({ ...vendor, digest }));
  return vendor;
}

function computeVendorDigest({ files, external, packages }: Vendor): string {
  return computeDigest(JSON.stringify([files, external, packages]));
}
