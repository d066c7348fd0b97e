import type { TargetConfiguration } from "@nx/devkit";

/** The part of a package.json that decides a project's targets. */
export interface ProjectManifest {
  name: string;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  scripts?: Record<string, string>;
  nx?: { name: string };
  service?: unknown;
}

/** Manifests of all projects, by folder. */
export type Workspace = ReadonlyMap<string, ProjectManifest>;

/** What Nx can run in a project, and what each task reads: a change elsewhere does not affect it. */
export function planTargets(
  root: string,
  manifest: ProjectManifest,
  workspace: Workspace,
): Record<string, TargetConfiguration> {
  return {
    lint: lintTarget(root),
    test: testTarget(manifest, workspace, root === "tools" ? workspaceSetup : []),
    ...(manifest.scripts?.["typecheck:web"] === undefined ? {} : webTypecheckTargets()),
    ...(manifest.service === undefined ? {} : { image: imageTarget(root, manifest, workspace) }),
  };
}

/** The tools' tests also prove how the workspace itself is set up. */
const workspaceSetup = [
  "{workspaceRoot}/nx.json",
  "{workspaceRoot}/.env",
  "{workspaceRoot}/.dependency-cruiser.mjs",
  "{workspaceRoot}/services/*/src/**/*.routes.ts",
  "{workspaceRoot}/docs/reference/endpoints.md",
];

function lintTarget(root: string): TargetConfiguration {
  return {
    command: `oxlint ${root}`,
    cache: true,
    inputs: [
      "default",
      "^production",
      "{workspaceRoot}/.oxlintrc.json",
      "{workspaceRoot}/tsconfig.base.json",
      { externalDependencies: ["oxlint", "oxlint-tsgolint"] },
    ],
  };
}

/** Vue's files are checked by a compiler of their own; `typecheck` stands for both, and a change in either reaches it. */
function webTypecheckTargets(): Record<string, TargetConfiguration> {
  const inputs: TargetConfiguration["inputs"] = [
    "default",
    "^production",
    "{workspaceRoot}/tsconfig.base.json",
    { externalDependencies: ["typescript", "vue-tsc", "vue", "vue-router", "vite"] },
  ];
  return {
    typecheck: { dependsOn: ["^typecheck", "typecheck:web"], inputs },
    "typecheck:web": { cache: true, inputs },
  };
}

function testTarget(
  manifest: ProjectManifest,
  workspace: Workspace,
  files: readonly string[],
): TargetConfiguration {
  const packages = [
    ...listPackages(manifest, workspace),
    ...ownPackages(manifest.devDependencies, workspace),
  ];
  return {
    command:
      "vitest run --reporter=default --reporter=json --outputFile.json=dist/test-results.json",
    options: { cwd: "{projectRoot}" },
    cache: true,
    inputs: [
      "default",
      "^production",
      ...files,
      { externalDependencies: sortUnique([...packages, "vitest", "vite"]) },
    ],
    outputs: ["{projectRoot}/dist/test-results.json"],
  };
}

function imageTarget(
  root: string,
  manifest: ProjectManifest,
  workspace: Workspace,
): TargetConfiguration {
  const service = root.slice("services/".length);
  // A service with a build step also ships what its build tools make.
  const builders =
    manifest.scripts?.["build"] === undefined
      ? []
      : ownPackages(manifest.devDependencies, workspace);
  return {
    command: `slipway image ${service}`,
    cache: true,
    inputs: [
      "production",
      // Not "^production": what only the tests use goes into no image.
      { input: "production", projects: sortUnique(listLibraries(manifest, workspace)) },
      "{workspaceRoot}/tools/src/{images,registries,workspace}/**/*",
      "!{workspaceRoot}/tools/src/{images,registries,workspace}/**/*.test.ts",
      "{workspaceRoot}/tools/slipway.yaml",
      {
        externalDependencies: sortUnique([
          ...listPackages(manifest, workspace),
          ...builders,
          "rolldown",
        ]),
      },
    ],
    outputs: [`{workspaceRoot}/dist/images/${service}`],
  };
}

/** Names of the npm packages a project needs at run time, its libraries' included. */
function listPackages(manifest: ProjectManifest, workspace: Workspace): string[] {
  const names = Object.keys(manifest.dependencies ?? {});
  return names.flatMap((name) => {
    const library = findProject(name, workspace);
    return library === undefined ? [name] : listPackages(library, workspace);
  });
}

/** Nx names of the libraries that are bundled into a project, theirs included. */
function listLibraries(manifest: ProjectManifest, workspace: Workspace): string[] {
  const libraries = Object.keys(manifest.dependencies ?? {}).flatMap(
    (name) => findProject(name, workspace) ?? [],
  );
  const names = libraries.map((library) => library.nx?.name ?? library.name);
  return names.concat(libraries.flatMap((library) => listLibraries(library, workspace)));
}

function ownPackages(
  dependencies: Record<string, string> | undefined,
  workspace: Workspace,
): string[] {
  return Object.keys(dependencies ?? {}).flatMap((name) => {
    const library = findProject(name, workspace);
    return library === undefined ? [name] : listPackages(library, workspace);
  });
}

function findProject(name: string, workspace: Workspace): ProjectManifest | undefined {
  return [...workspace.values()].find((manifest) => manifest.name === name);
}

function sortUnique(names: readonly string[]): string[] {
  return [...new Set(names)].toSorted();
}
