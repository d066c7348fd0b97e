import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";

import { applyReleasePlan } from "@changesets/apply-release-plan";

import { listNextVersions } from "../changes/list-next-versions.ts";
import type { NextVersion } from "../changes/verdict.ts";
import { hasCode } from "../workspace/has-code.ts";
import { planCauses } from "./plan-causes.ts";
import { planLockfile } from "./plan-lockfile.ts";
import { readVersionPlan, versionsFailed } from "./read-version-plan.ts";

const changelog = new URL("changelog.ts", import.meta.url).href;

/** Consumes the waiting changesets of a folder: versions, changelogs with their causes, and the lockfile. */
export async function writeVersions(folder: string): Promise<NextVersion[]> {
  const { plan, packages, config } = await readVersionPlan(folder);
  const causes = planCauses(plan, packages);
  try {
    await applyReleasePlan(
      plan,
      packages,
      // Formatters of the workspace leave changelogs alone, and may not be installed here.
      { ...config, commit: false, format: false, changelog: [changelog, { causes }] },
      undefined,
      import.meta.dirname,
    );
  } catch (cause) {
    throw versionsFailed(cause);
  }
  await updateLockfile(
    folder,
    packages.packages.map(({ dir }) => path.relative(folder, dir)),
  );
  return listNextVersions(plan);
}

async function updateLockfile(folder: string, projects: readonly string[]): Promise<void> {
  const file = path.join(folder, "package-lock.json");
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    if (hasCode(error, "ENOENT")) return null;
    throw error;
  });
  if (text === null) return;
  const manifests = await Promise.all(
    projects.map(async (project) => {
      const content = await readFile(path.join(folder, project, "package.json"), "utf8");
      const manifest: Record<string, unknown> = JSON.parse(content);
      return { folder: project.split(path.sep).join("/"), manifest };
    }),
  );
  const next = planLockfile(text, manifests);
  if (next !== null && next !== text) await writeFile(file, next);
}
