import path from "node:path";

import { runGit } from "../../src/git/run-git.ts";
import { createTestFolder, writeFiles } from "../fixtures/test-folder.ts";

const who = {
  GIT_AUTHOR_NAME: "Ada",
  GIT_AUTHOR_EMAIL: "ada@example.org",
  GIT_AUTHOR_DATE: "@1700000000 +0000",
  GIT_COMMITTER_NAME: "Ada",
  GIT_COMMITTER_EMAIL: "ada@example.org",
  GIT_COMMITTER_DATE: "@1700000000 +0000",
};

function json(content: unknown): string {
  return `${JSON.stringify(content, null, 2)}\n`;
}

const service = (name: string) => ({
  port: 8084,
  routes: [{ path: `/api/${name}`, strip: true }],
  health: { liveness: "/healthcheck", readiness: "/readiness" },
  needs: { services: [] },
  secrets: [],
  resources: { memoryMb: 64 },
  drainSeconds: 1,
});

const packages = {
  hello: {
    name: "@x/hello",
    version: "1.2.3",
    private: true,
    type: "module",
    description: "Says hello.",
    service: service("hello"),
    dependencies: { "@x/greeting": "*" },
  },
  world: {
    name: "@x/world",
    version: "0.4.0",
    private: true,
    type: "module",
    description: "Is the world.",
    service: service("world"),
  },
  greeting: {
    name: "@x/greeting",
    version: "2.0.0",
    private: true,
    type: "module",
    exports: "./src/index.ts",
    dependencies: { "@x/words": "*" },
  },
  words: {
    name: "@x/words",
    version: "1.0.0",
    private: true,
    type: "module",
    exports: "./src/index.ts",
  },
};

const program = (body: string) => `import { createServer } from "node:http";
${body}
const { SERVICE_VERSION: version, IMAGE_DIGEST: image_digest, PORT, HOST } = process.env;
createServer((request, response) => {
  response.writeHead(200, { "content-type": "application/json" });
  response.end(JSON.stringify({ success: true, data: { version, image_digest, text } }));
}).listen(Number(PORT), HOST, () => console.log("listening"));
process.on("SIGTERM", () => process.exit(0));
`;

export const releaseFiles: Readonly<Record<string, string>> = {
  ".gitignore": "node_modules\ndist\n.slipway\n",
  "package.json": json({
    name: "fixture",
    private: true,
    workspaces: ["services/*", "libs/*"],
  }),
  "package-lock.json": json({
    name: "fixture",
    lockfileVersion: 3,
    requires: true,
    packages: {
      "": { name: "fixture", workspaces: ["services/*", "libs/*"] },
      "services/hello": {
        name: "@x/hello",
        version: "1.2.3",
        dependencies: { "@x/greeting": "*" },
      },
      "services/world": { name: "@x/world", version: "0.4.0" },
      "libs/greeting": { name: "@x/greeting", version: "2.0.0", dependencies: { "@x/words": "*" } },
      "libs/words": { name: "@x/words", version: "1.0.0" },
      "node_modules/@x/greeting": { resolved: "libs/greeting", link: true },
      "node_modules/@x/hello": { resolved: "services/hello", link: true },
      "node_modules/@x/words": { resolved: "libs/words", link: true },
      "node_modules/@x/world": { resolved: "services/world", link: true },
    },
  }),
  ".changeset/config.json": json({
    baseBranch: "master",
    privatePackages: { version: true, tag: false },
    ___experimentalUnsafeOptions_WILL_CHANGE_IN_PATCH: { updateInternalDependents: "always" },
  }),
  "tools/environments/local.yaml": "name: local\n",
  "services/hello/package.json": json(packages.hello),
  "services/hello/src/main.ts": program('import { text } from "@x/greeting";'),
  "services/world/package.json": json(packages.world),
  "services/world/src/main.ts": program('const text = "world";'),
  "libs/greeting/package.json": json(packages.greeting),
  "libs/greeting/src/index.ts":
    'import { word } from "@x/words";\nexport const text = `${word} there`;\n',
  "libs/words/package.json": json(packages.words),
  "libs/words/src/index.ts": 'export const word = "hello";\n',
};

export interface ReleaseWorkspace {
  /** A checkout of the branch. */
  folder: string;
  /** The git server, as a folder. */
  origin: string;
  git: (...args: string[]) => Promise<string>;
  /** Commits files in the checkout and pushes them, as a merge would. */
  merge: (subject: string, files: Readonly<Record<string, string>>) => Promise<string>;
  /** Another checkout of the branch, as another run of a workflow has it. */
  clone: () => Promise<string>;
}

export const changeset = (names: readonly string[], size: string, summary: string) =>
  ["---", ...names.map((name) => `"${name}": ${size}`), "---", "", summary, ""].join("\n");

/** Two services over two libraries, on the branch `master` of a git server of its own. */
export async function createReleaseWorkspace(
  files: Readonly<Record<string, string>> = {},
): Promise<ReleaseWorkspace> {
  const root = await createTestFolder("release-");
  const origin = path.join(root, "origin.git");
  const folder = path.join(root, "checkout");
  await runGit(root, ["init", "--quiet", "--bare", "--initial-branch=master", origin]);
  await runGit(root, ["clone", "--quiet", origin, folder]);
  await runGit(folder, ["switch", "--quiet", "--create", "master"]).catch(() => "");
  const git = async (...args: string[]) => (await runGit(folder, args, { env: who })).trim();

  async function merge(subject: string, changed: Readonly<Record<string, string>>) {
    await writeFiles(folder, changed);
    await git("add", "--all");
    await git("commit", "--quiet", "--no-verify", "--message", subject);
    await git("push", "--quiet", "origin", "HEAD");
    return git("rev-parse", "HEAD");
  }

  await merge("Begin", { ...releaseFiles, ...files });
  let clones = 0;
  return {
    folder,
    origin,
    git,
    merge,
    async clone() {
      const other = path.join(root, `clone-${(clones += 1)}`);
      await runGit(root, ["clone", "--quiet", origin, other]);
      return other;
    },
  };
}
