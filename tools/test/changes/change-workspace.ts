import { rm } from "node:fs/promises";
import path from "node:path";

import { runGit } from "../../src/git/run-git.ts";
import { writeFiles } from "../fixtures/test-folder.ts";

export type Files = Readonly<Record<string, string | null>>;

const who = {
  GIT_AUTHOR_NAME: "Ada",
  GIT_AUTHOR_EMAIL: "ada@example.org",
  GIT_COMMITTER_NAME: "Ada",
  GIT_COMMITTER_EMAIL: "ada@example.org",
  GIT_CONFIG_GLOBAL: "/dev/null",
};

export function json(content: unknown): string {
  return `${JSON.stringify(content, null, 2)}\n`;
}

export const config = {
  baseBranch: "master",
  changelog: false,
  privatePackages: { version: true, tag: false },
  ___experimentalUnsafeOptions_WILL_CHANGE_IN_PATCH: { updateInternalDependents: "always" },
};

export function describePackage(
  name: string,
  more: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  return { name: `@x/${name}`, version: "1.0.0", private: true, type: "module", ...more };
}

const needs = { port: 8084, routes: [{ path: "/" }], needs: { services: [] } };

export const manifests = {
  core: describePackage("core", {
    description: "Core.",
    service: needs,
    dependencies: { "@x/auth": "*", fast: "1.0.0" },
    devDependencies: { runner: "1.0.0" },
  }),
  events: describePackage("events", {
    description: "Events.",
    service: needs,
    dependencies: { "@x/kit": "*" },
  }),
  mailer: describePackage("mailer", { description: "Mailer.", service: needs }),
  auth: describePackage("auth", { exports: "./src/index.ts", dependencies: { "@x/kit": "*" } }),
  kit: describePackage("kit", { exports: "./src/index.ts", dependencies: { logger: "1.0.0" } }),
  tools: describePackage("tools", { dependencies: { yargs: "1.0.0" } }),
};

function link(name: string) {
  return { resolved: `libs/${name}`, link: true };
}

function from(version: string, more: object = {}) {
  return { version, integrity: `sha512-${version}`, ...more };
}

/** core → auth → kit; events → kit; mailer alone. Of npm: core uses fast, kit uses logger, which needs deep. */
export function formatLock(changes: Readonly<Record<string, object>> = {}): string {
  return json({
    lockfileVersion: 3,
    packages: {
      "services/core": manifests.core,
      "services/events": manifests.events,
      "services/mailer": manifests.mailer,
      "libs/auth": manifests.auth,
      "libs/kit": manifests.kit,
      tools: manifests.tools,
      "node_modules/@x/auth": link("auth"),
      "node_modules/@x/kit": link("kit"),
      "node_modules/fast": from("1.0.0"),
      "node_modules/logger": from("1.0.0", { dependencies: { deep: "1.0.0" } }),
      "node_modules/deep": from("1.0.0"),
      "node_modules/unused": from("1.0.0"),
      "node_modules/runner": from("1.0.0", { dev: true }),
      "node_modules/yargs": from("1.0.0"),
      "node_modules/node": from("24.1.0"),
      "node_modules/rolldown": from("1.0.0"),
      ...changes,
    },
  });
}

export const baseFiles: Readonly<Record<string, string>> = {
  "package.json": json({
    name: "fixture",
    private: true,
    workspaces: ["services/*", "libs/*", "tools"],
  }),
  "package-lock.json": formatLock(),
  ".gitignore": "node_modules\ndist\n",
  ".changeset/config.json": json(config),
  ".changeset/README.md": "About changesets.\n",
  "tools/package.json": json(manifests.tools),
  "tools/environments/local.yaml": "name: local\n",
  "tools/slipway.yaml": "image: { base: embedded }\n",
  "tools/src/images/format-image.ts": "export const builderVersion = 1;\n",
  "tools/src/main.ts": "export const tool = 1;\n",
  "services/core/package.json": json(manifests.core),
  "services/core/src/main.ts":
    'import { check } from "@x/auth";\nimport fast from "fast";\nconsole.log(check(), fast());\n',
  "services/core/src/main.test.ts": "export const tested = 1;\n",
  "services/core/migrations/0001_first.sql": "-- kind: expand\nSELECT 1;\n",
  "services/core/README.md": "Core.\n",
  "services/events/package.json": json(manifests.events),
  "services/events/src/main.ts": 'import { log } from "@x/kit";\nlog("events");\n',
  "services/mailer/package.json": json(manifests.mailer),
  "services/mailer/src/main.ts": 'console.log("mailer");\n',
  "libs/auth/package.json": json(manifests.auth),
  "libs/auth/src/index.ts":
    'import { log } from "@x/kit";\nexport function check() {\n  return log("auth");\n}\n',
  "libs/auth/README.md": "Auth.\n",
  "libs/kit/package.json": json(manifests.kit),
  "libs/kit/src/index.ts":
    'import logger from "logger";\nexport function log(text: string) {\n  return logger(text);\n}\nexport function spare() {\n  return 1;\n}\n',
};

/** A repository of its own: `before` is on the release branch, `change` is what the branch commits. */
export async function writeRepository(
  folder: string,
  before: Files,
  change: Files,
): Promise<string> {
  await runGit(folder, ["init", "--quiet", "--initial-branch=master"], { env: who });
  await apply(folder, { ...baseFiles, ...before });
  const base = await commitAll(folder, "Begin");
  await runGit(folder, ["update-ref", "refs/slipway/release-branch", base]);
  await apply(folder, change);
  await commitAll(folder, "Change");
  return base;
}

export async function commitAll(folder: string, subject: string): Promise<string> {
  await runGit(folder, ["add", "--all"], { env: who });
  await runGit(folder, ["commit", "--quiet", "--no-verify", "--allow-empty", "-m", subject], {
    env: who,
  });
  return (await runGit(folder, ["rev-parse", "HEAD"])).trim();
}

async function apply(folder: string, files: Files): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    if (content === null) await rm(path.join(folder, name), { recursive: true, force: true });
    else await writeFiles(folder, { [name]: content });
  }
}
