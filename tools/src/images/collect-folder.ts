import { lstat, readdir, readFile, readlink } from "node:fs/promises";
import path from "node:path";

import { SlipwayError } from "../errors.ts";
import type { TarEntry } from "./format-tar.ts";

export interface CollectRequest {
  /** Absolute. */
  folder: string;
  /** Where it goes in the image: `app/public`. */
  at: string;
  /** Names are relative to `folder`, with forward slashes; folders are asked for too. */
  skip?: (name: string) => boolean;
}

/** Everything in a folder as entries of a layer. Refuses what must not get into an image. */
export async function collectFolder({ folder, at, skip }: CollectRequest): Promise<TarEntry[]> {
  const names = await listNames(folder, "", skip ?? (() => false));
  const entries = await Promise.all(names.map((name) => readEntry(folder, at, name)));
  return entries;
}

async function listNames(
  folder: string,
  below: string,
  skip: (name: string) => boolean,
): Promise<string[]> {
  const entries = await readdir(path.join(folder, below), { withFileTypes: true });
  const lists = await Promise.all(
    entries.map(async (entry) => {
      const name = path.posix.join(below, entry.name);
      if (isPrivate(entry.name) || skip(name)) {
        return [];
      }
      return entry.isDirectory() ? listNames(folder, name, skip) : [name];
    }),
  );
  return lists.flat();
}

/** Never packed, wherever it lies: settings that hold secrets, logs, version control. */
function isPrivate(name: string): boolean {
  return /^(?:\.env.*|\.npmrc|\.git|\.hg|\.svn|\.package-lock\.json|\.DS_Store|.*\.log)$/u.test(
    name,
  );
}

async function readEntry(folder: string, at: string, name: string): Promise<TarEntry> {
  const file = path.join(folder, name);
  const target = path.posix.join(at, name);
  const stat = await lstat(file);
  if (stat.isSymbolicLink()) {
    return { kind: "symlink", path: target, target: await readInnerLink(folder, name) };
  }
  if (!stat.isFile()) {
    throw refuse(file, "is neither a file nor a folder");
  }
  const content = await readFile(file);
  if (looksLikeKey(content)) {
    throw refuse(file, "holds a private key");
  }
  return { kind: "file", path: target, content, executable: (stat.mode & 0o100) !== 0 };
}

async function readInnerLink(folder: string, name: string): Promise<string> {
  const target = await readlink(path.join(folder, name));
  const resolved = path.posix.normalize(path.posix.join(path.posix.dirname(name), target));
  if (path.isAbsolute(target) || resolved.startsWith("..")) {
    throw refuse(path.join(folder, name), `links to ${target}, outside the folder that is packed`);
  }
  return target;
}

function looksLikeKey(content: Uint8Array): boolean {
  const start = Buffer.from(content.subarray(0, 64)).toString("latin1");
  return /^-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----/u.test(start);
}

function refuse(file: string, fault: string): SlipwayError {
  return new SlipwayError("IMAGE_BUILD_FAILED", `${file} ${fault}, so it can't go into an image.`, {
    hint: "Move it out of the folder that is packed.",
  });
}
