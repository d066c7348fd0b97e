import { readdir, readFile, stat } from "node:fs/promises";
import path from "node:path";

import { hasCode } from "../workspace/has-code.ts";
import { computeDigest } from "./digest.ts";
import type { FileInput } from "./image-record.ts";
import { pickPackageFacts } from "./pick-package-facts.ts";

export type FileInputs = Record<string, FileInput>;

export interface FileRequest {
  /** Absolute. */
  workspace: string;
  /** Folders whose production files count; relative to the workspace. */
  folders: readonly string[];
  /** Never looked into: what a build writes. */
  except: readonly string[];
  /** What is known from the last time; a file is read only when its stat differs. */
  known: FileInputs;
}

/** Every file below the folders that can get into an image, with the hash of what matters in it. */
export async function readFileInputs(request: FileRequest): Promise<FileInputs> {
  const lists = await Promise.all(request.folders.map((folder) => listFiles(request, folder)));
  const files = lists.flat().toSorted();
  const entries = await Promise.all(
    files.map(async (file) => [file, await readInput(request, file)] as const),
  );
  return Object.fromEntries(entries);
}

async function listFiles(request: FileRequest, folder: string): Promise<string[]> {
  const entries = await readdir(path.join(request.workspace, folder), {
    withFileTypes: true,
  }).catch((error: unknown) => {
    if (hasCode(error, "ENOENT")) {
      return [];
    }
    throw error;
  });
  const lists = await Promise.all(
    entries.map(async (entry) => {
      const name = `${folder}/${entry.name}`;
      const isTop = request.folders.includes(folder);
      if (isIgnored(entry.name, isTop) || request.except.includes(name)) {
        return [];
      }
      return entry.isDirectory() ? listFiles(request, name) : [name];
    }),
  );
  return lists.flat();
}

/** What no image is made from: tests, notes, output, caches, settings of test runners. Vite reads `.env`. */
function isIgnored(name: string, isTop: boolean): boolean {
  return (
    /^(?:node_modules|\.DS_Store|.*\.(?:test\.ts|tsbuildinfo|log))$/u.test(name) ||
    (isTop && /^(?:\.(?!env).*|dist|coverage|test|.*\.md|vitest\.config\.ts)$/u.test(name))
  );
}

async function readInput({ workspace, known }: FileRequest, file: string): Promise<FileInput> {
  const absolute = path.join(workspace, file);
  const { size, mtimeNs, ctimeNs, ino } = await stat(absolute, { bigint: true });
  const sizeBytes = Number(size);
  const times = `${mtimeNs}-${ctimeNs}-${ino}`;
  const before = known[file];
  if (before !== undefined && before.sizeBytes === sizeBytes && before.times === times) {
    return before;
  }
  const content = await readFile(absolute);
  const facts = path.basename(file) === "package.json" ? pickPackageFacts(content) : content;
  return { sizeBytes, times, hash: computeDigest(facts) };
}
