import path from "node:path";

import { SlipwayError } from "../errors.ts";
import { isOurs, seeSamePackages, type ClosurePackage } from "../workspace/plan-closure.ts";
import type { Service } from "../workspace/service-manifest.ts";
import { buildAssets } from "./build-assets.ts";
import { bundleService } from "./bundle-service.ts";
import type { BundledFile, BundleRequest } from "./bundle.ts";
import { collectFolder } from "./collect-folder.ts";
import { collectPackages, type PackagesRequest } from "./collect-packages.ts";
import { computeDigest } from "./digest.ts";
import { builderVersion } from "./format-image.ts";
import type { TarEntry } from "./format-tar.ts";
import type { LayerName } from "./image-layer.ts";
import { packLayer, type PackedLayer } from "./layer-store.ts";
import { planNative } from "./plan-native.ts";
import { isBuildList, readAssetPackages } from "./read-asset-packages.ts";
import type { ImageContext } from "./read-image-inputs.ts";

export interface AssembleRequest {
  context: ImageContext;
  service: Service;
  closure: readonly ClosurePackage[];
  /** Files that were looked at for changes. */
  watched: ReadonlySet<string>;
  /** Folder of compressed layers and bundled packages. */
  store: string;
  /** Bundle packages even when the store has them. */
  isFresh: boolean;
  /** Where a package lies that is not installed, because it is for another platform. */
  findFolder?: PackagesRequest["findFolder"];
}

export interface AssembledLayers {
  layers: PackedLayer[];
  /** Folders of the packages whose code is in them, as `node_modules/fastify`, sorted. */
  packages: string[];
}

/** The service's own layers, from its sources. Layers that would be empty are left out. */
export async function assembleLayers(request: AssembleRequest): Promise<AssembledLayers> {
  const { content, packages } = await collectContent(request);
  const filled = content.filter(([, entries]) => entries.length > 0);
  const layers = await Promise.all(
    filled.map(([name, entries]) => packLayer(name, entries, path.join(request.store, "layers"))),
  );
  return { layers, packages };
}

interface LayerContent {
  content: (readonly [LayerName, TarEntry[]])[];
  packages: string[];
}

async function collectContent(request: AssembleRequest): Promise<LayerContent> {
  const { context, closure } = request;
  const { workspace, locks, platform } = context;
  const [bundle, assets, migrations] = await Promise.all([
    bundleService(planBundle(request)),
    collectAssets(request),
    collectMigrations(request),
  ]);
  requireWatched(request, bundle.sources);
  const external = await collectPackages({
    workspace,
    lock: locks.wanted,
    platform,
    closure,
    names: bundle.external,
    findFolder: request.findFolder,
  });
  const app = [packageFile(), ...migrations, ...bundle.app.map(toEntry)];
  return {
    content: [
      ["deps", external.entries],
      ["vendor", bundle.vendor.map(toEntry)],
      ["assets", assets.entries],
      ["app", app],
    ],
    packages: [
      ...new Set([...external.folders, ...bundle.packages, ...assets.packages]),
    ].toSorted(),
  };
}

function planBundle(request: AssembleRequest): BundleRequest {
  const { context, service, closure, store, isFresh } = request;
  const { folder } = service;
  return {
    workspace: context.workspace,
    folder,
    external: planExternal(request),
    ours: closure.filter(isOurs).map(({ name }) => name),
    vendorKey: planVendorKey(request),
    store: path.join(store, "vendor"),
    isFresh,
  };
}

/** Null when a library and the service mean different packages by one name. */
function planVendorKey({ context, service, closure }: AssembleRequest): string | null {
  const libraries = closure.filter(isOurs).map(({ folder }) => folder);
  const packages = closure.filter((each) => !isOurs(each));
  const versions = packages.map(({ folder, locked }) => [folder, locked.version, locked.integrity]);
  return seeSamePackages(context.locks.wanted, [service.folder, ...libraries])
    ? computeDigest(JSON.stringify([builderVersion, context.bundler, versions]))
    : null;
}

/** A file that is in the code but not looked at would leave the image stale when it changes. */
function requireWatched({ service, watched }: AssembleRequest, sources: readonly string[]): void {
  const unwatched = sources.find((source) => !watched.has(source));
  if (unwatched !== undefined) {
    throw new SlipwayError("IMAGE_BUILD_FAILED", `${service.name} uses code of ${unwatched}.`, {
      hint: `A service may use its own folder, without its tests, and the libraries in its package.json's dependencies.`,
    });
  }
}

function planExternal({ context, service, closure }: AssembleRequest): string[] {
  const isDeps = service.needs.image?.mode === "deps";
  const all = closure.filter((each) => !isOurs(each));
  return [
    ...(isDeps ? all.map(({ name }) => name) : planNative(closure, context.locks.wanted)),
    ...(service.needs.image?.external ?? []),
  ];
}

async function collectAssets({ context, service }: AssembleRequest): Promise<CollectedAssets> {
  if (service.needs.assets === undefined) {
    return { entries: [], packages: [] };
  }
  const folder = await buildAssets(context.workspace, service, service.needs.assets);
  const [entries, packages] = await Promise.all([
    collectFolder({ folder, at: "app/public", skip: isBuildList }),
    readAssetPackages(folder, context.locks.wanted),
  ]);
  return { entries, packages };
}

interface CollectedAssets {
  entries: TarEntry[];
  packages: string[];
}

async function collectMigrations({ context, service }: AssembleRequest): Promise<TarEntry[]> {
  if (service.schema === null) {
    return [];
  }
  return collectFolder({
    folder: path.join(context.workspace, service.folder, "migrations"),
    at: "app/migrations",
    skip: (name) => !name.endsWith(".sql"),
  });
}

function packageFile(): TarEntry {
  return toEntry({ path: "package.json", code: '{"type":"module"}\n' });
}

function toEntry({ path: name, code }: BundledFile): TarEntry {
  return { kind: "file", path: `app/${name}`, content: new TextEncoder().encode(code) };
}
