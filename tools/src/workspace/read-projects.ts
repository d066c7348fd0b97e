import { readdir, readFile } from "node:fs/promises";
import path from "node:path";

import { hasCode } from "./has-code.ts";

/** A package of this workspace as its package.json describes it, right or wrong. */
export interface Project {
  /** Relative to the workspace, with forward slashes. */
  folder: string;
  kind: "service" | "library" | "tool";
  /** Name of the package: `@myaegee/events`. */
  name: string;
  manifest: Readonly<Record<string, unknown>>;
}

/** Every package of the workspace, sorted by folder; folders without a readable package.json are left out. */
export async function readProjects(workspace: string): Promise<Project[]> {
  const folders = [
    ...(await listFolders(workspace, "services")),
    ...(await listFolders(workspace, "libs")),
    "tools",
  ];
  const projects = await Promise.all(folders.map((folder) => readProject(workspace, folder)));
  return projects.filter((project) => project !== null);
}

async function listFolders(workspace: string, parent: string): Promise<string[]> {
  const entries = await readdir(path.join(workspace, parent), { withFileTypes: true }).catch(
    (error: unknown) => {
      if (hasCode(error, "ENOENT")) return [];
      throw error;
    },
  );
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => `${parent}/${entry.name}`)
    .toSorted();
}

async function readProject(workspace: string, folder: string): Promise<Project | null> {
  const text = await readFile(path.join(workspace, folder, "package.json"), "utf8").catch(() => "");
  const manifest = parseObject(text);
  const name = manifest?.["name"];
  if (manifest === null || typeof name !== "string") return null;
  return { folder, kind: findKind(folder, manifest), name, manifest };
}

function findKind(folder: string, manifest: object): Project["kind"] {
  if (folder.startsWith("services/") && "service" in manifest) return "service";
  return folder === "tools" ? "tool" : "library";
}

function parseObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? { ...value } : null;
  } catch {
    return null;
  }
}
