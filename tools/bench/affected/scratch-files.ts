/** Files of a workspace with any number of services, as Nx, Turborepo and Slipway all read it. */
type Files = Record<string, string>;

interface Manifest {
  name: string;
  dependencies?: Record<string, string>;
}

/** Every fifth service shares a library; all use one of three packages of npm. */
const servicesPerLibrary = 5;
const npmPackages = 3;

export function planScratch(services: number): Files {
  const libraries = Math.ceil(services / servicesPerLibrary);
  const projects = new Map<string, Manifest>();
  const files: Files = { ...sharedFiles };
  for (let index = 0; index < libraries; index += 1) {
    const manifest = { ...describe(`lib-${index}`), exports: "./src/index.ts" };
    projects.set(`libs/lib-${index}`, manifest);
    files[`libs/lib-${index}/src/index.ts`] = `export const text = "lib ${index}";\n`;
  }
  for (let index = 0; index < services; index += 1) {
    const library = `@x/lib-${index % libraries}`;
    const dependencies = { [library]: "*", [`dep-${index % npmPackages}`]: "1.0.0" };
    projects.set(`services/svc-${index}`, {
      ...describe(`svc-${index}`),
      ...serviceFacts(dependencies),
    });
    files[`services/svc-${index}/src/main.ts`] = formatMain(library, `dep-${index % npmPackages}`);
    files[`services/svc-${index}/README.md`] = `Service ${index}.\n`;
  }
  for (const [folder, manifest] of projects) files[`${folder}/package.json`] = json(manifest);
  files["package-lock.json"] = formatLock(projects);
  return files;
}

/** Services whose image a change in this place alters: the truth that precision and recall are counted against. */
export const truths: Readonly<Record<string, (services: number) => readonly string[]>> = {
  "one file": () => ["svc-0"],
  "a library": (services) => listServices(services, Math.ceil(services / servicesPerLibrary)),
  "the lockfile": (services) => listServices(services, npmPackages),
  "a dev dependency": () => [],
  docs: () => [],
};

/** What each change writes over the scratch files. */
export function planEdit(change: string, files: Readonly<Files>): Files {
  const lock = files["package-lock.json"] ?? "";
  const edits: Record<string, Files> = {
    "one file": {
      "services/svc-0/src/main.ts": `${files["services/svc-0/src/main.ts"]}console.log(1);\n`,
    },
    "a library": { "libs/lib-0/src/index.ts": 'export const text = "other";\n' },
    "the lockfile": { "package-lock.json": bump(lock, "dep-0") },
    "a dev dependency": { "package-lock.json": bump(lock, "runner") },
    docs: { "services/svc-0/README.md": "Other words.\n" },
  };
  return edits[change] ?? {};
}

function listServices(services: number, step: number): string[] {
  return Array.from({ length: Math.ceil(services / step) }, (_, index) => `svc-${index * step}`);
}

function bump(lock: string, name: string): string {
  const content: { packages: Record<string, object> } = JSON.parse(lock);
  const key = `node_modules/${name}`;
  content.packages[key] = { ...content.packages[key], version: "1.0.1", integrity: "sha512-other" };
  return json(content);
}

function describe(name: string) {
  return { name: `@x/${name}`, version: "1.0.0", private: true, type: "module" };
}

function serviceFacts(dependencies: Record<string, string>) {
  return {
    description: "A service.",
    service: { port: 8084, routes: [{ path: "/" }], needs: { services: [] } },
    scripts: { image: "true" },
    dependencies,
    devDependencies: { runner: "1.0.0" },
  };
}

function formatMain(library: string, dependency: string): string {
  return `import { text } from "${library}";\nimport dependency from "${dependency}";\nconsole.log(text, dependency);\n`;
}

function formatLock(projects: ReadonlyMap<string, Manifest>): string {
  const own = Object.fromEntries(
    [...projects].map(([folder, { name }]) => [
      `node_modules/${name}`,
      { resolved: folder, link: true },
    ]),
  );
  const npm = Object.fromEntries(
    ["dep-0", "dep-1", "dep-2", "runner", "node", "rolldown"].map((name) => [
      `node_modules/${name}`,
      {
        version: "1.0.0",
        integrity: `sha512-${name}`,
        ...(name === "runner" ? { dev: true } : {}),
      },
    ]),
  );
  const root: Record<string, unknown> = JSON.parse(sharedFiles["package.json"]);
  return json({
    name: "scratch",
    lockfileVersion: 3,
    requires: true,
    packages: { "": root, ...Object.fromEntries(projects), ...own, ...npm },
  });
}

const sharedFiles = {
  "package.json": json({
    name: "scratch",
    private: true,
    packageManager: "npm@11.0.0",
    workspaces: ["services/*", "libs/*"],
  }),
  ".gitignore": "node_modules\ndist\n.nx\n.turbo\n.slipway\n",
  ".changeset/config.json": json({
    baseBranch: "master",
    changelog: false,
    privatePackages: { version: true, tag: false },
    ___experimentalUnsafeOptions_WILL_CHANGE_IN_PATCH: { updateInternalDependents: "always" },
  }),
  "tools/slipway.yaml": "image: { base: embedded }\n",
  "nx.json": json({
    analytics: false,
    pluginsConfig: { "@nx/js": { projectsAffectedByDependencyUpdates: "auto" } },
    namedInputs: { production: ["{projectRoot}/**/*", "!{projectRoot}/**/*.md"] },
    targetDefaults: { image: { cache: true, inputs: ["production", "^production"] } },
  }),
  "turbo.json": json({
    tasks: { image: { dependsOn: ["^image"], inputs: ["$TURBO_DEFAULT$", "!**/*.md"] } },
  }),
};

function json(content: unknown): string {
  return `${JSON.stringify(content, null, 2)}\n`;
}
