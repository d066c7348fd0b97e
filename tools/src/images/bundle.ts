/** Code of one service, ready to run with `node main.js`. */
export interface Bundle {
  /** The service's own code and our libraries: `main.js` and what it loads later. */
  app: BundledFile[];
  /** What the code uses of packages from npm. */
  vendor: BundledFile[];
  /** Packages that the code loads from node_modules, because they were not bundled. */
  external: string[];
  /** Folders of the packages that are in the code, as `node_modules/fastify`, sorted. */
  packages: string[];
  /** Files of ours that are in the code, relative to the workspace, sorted. */
  sources: string[];
}

export interface BundledFile {
  /** Relative to the folder of `main.js`. */
  path: string;
  code: string;
}

export interface BundleRequest {
  /** Absolute. */
  workspace: string;
  /** Folder of the service, relative to the workspace. */
  folder: string;
  /** Names of packages that stay outside. */
  external: readonly string[];
  /** Names of our own libraries. */
  ours: readonly string[];
  /** Hash of the packages that are installed for the service and of the bundler; null asks for everything in one pass. */
  vendorKey: string | null;
  /** Folder where bundled packages are kept. */
  store: string;
  /** Bundle packages even when the store has them. */
  isFresh: boolean;
}

/** `@scope/name/file` → `@scope/name`. */
export function formatPackageName(specifier: string): string {
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}
