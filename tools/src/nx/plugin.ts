import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

import type { CreateNodes } from "@nx/devkit";

import { planTargets, type ProjectManifest } from "./plan-targets.ts";

/**
 * Nx plugin of this workspace: every package has `lint` and `test`, every service `image`.
 * Pure but for reading manifests: no git, date, environment or network, or every commit would change the hash.
 */
export const createNodes: CreateNodes = [
  "{services/*,libs/*,tools}/package.json",
  (files, _options, { workspaceRoot }) => {
    const manifests = files.map((file): [string, ProjectManifest] => [
      dirname(file),
      JSON.parse(readFileSync(join(workspaceRoot, file), "utf8")),
    ]);
    return manifests.map(([root, manifest], position) => [
      files[position] ?? root,
      { projects: { [root]: { targets: planTargets(root, manifest, new Map(manifests)) } } },
    ]);
  },
];
