import { createWriteStream } from "node:fs";
import { chmod, mkdir, rm, symlink } from "node:fs/promises";
import path from "node:path";
import { pipeline } from "node:stream/promises";

import type { Extract, Header } from "tar-stream";

import { SlipwayError } from "../errors.ts";

type Entry = Extract extends AsyncIterable<infer Each> ? Each : never;

const maxEntries = 200_000;

/** What has been unpacked so far below one root, over all layers. */
export interface UnpackState {
  root: string;
  entries: number;
  folders: Set<string>;
  symlinks: Set<string>;
}

export function createUnpackState(root: string): UnpackState {
  return { root, entries: 0, folders: new Set(["."]), symlinks: new Set() };
}

/** Writes one tar entry below the root, or throws IMAGE_UNSAFE. Always reads the entry to its end. */
export async function unpackEntry(entry: Entry, state: UnpackState): Promise<void> {
  const { header } = entry;
  state.entries += 1;
  if (state.entries > maxEntries) {
    throw unsafe(header.name, `is entry ${state.entries}; at most ${maxEntries} are unpacked`);
  }
  const name = parseName(header.name);
  await ensureFolders(path.posix.dirname(name), state);
  if (header.type === "directory") {
    await ensureFolders(name, state);
  } else if (header.type === "symlink") {
    await writeSymlink(header, name, state);
  } else if (header.type === "file") {
    return writeEntryFile(entry, name, state);
  } else {
    throw unsafe(header.name, `is a ${header.type ?? "thing of unknown kind"}`);
  }
  entry.resume();
}

function parseName(name: string): string {
  const parts = name.replace(/\/$/u, "").split("/");
  if (name.includes("\0") || name.startsWith("/") || parts.includes("..")) {
    throw unsafe(name, "leaves the image's folder");
  }
  if (parts.some((part) => part.startsWith(".wh."))) {
    throw unsafe(name, "deletes what a lower layer holds, which plain processes can't have");
  }
  return path.posix.normalize(parts.join("/"));
}

/** Every folder on the way is one that this unpacking made, so no link can lead elsewhere. */
async function ensureFolders(name: string, state: UnpackState): Promise<void> {
  if (state.folders.has(name)) {
    return;
  }
  await ensureFolders(path.posix.dirname(name), state);
  if (state.symlinks.has(name)) {
    throw unsafe(name, "is a link, and another entry goes through it");
  }
  const folder = path.join(state.root, name);
  await mkdir(folder);
  await chmod(folder, 0o755);
  state.folders.add(name);
}

async function writeEntryFile(entry: Entry, name: string, state: UnpackState): Promise<void> {
  const file = await clear(name, state);
  await pipeline(entry, createWriteStream(file, { flags: "wx" }));
  await chmod(file, isExecutable(entry.header) ? 0o755 : 0o644);
}

async function writeSymlink(header: Header, name: string, state: UnpackState): Promise<void> {
  const target = header.linkname ?? "";
  const resolved = path.posix.normalize(path.posix.join(path.posix.dirname(name), target));
  if (target === "" || target.startsWith("/") || resolved === ".." || resolved.startsWith("../")) {
    throw unsafe(header.name, `links to ${JSON.stringify(target)}, outside the image's folder`);
  }
  await symlink(target, await clear(name, state));
  state.symlinks.add(name);
}

/** A later layer replaces a file or link of an earlier one. */
async function clear(name: string, state: UnpackState): Promise<string> {
  if (state.folders.has(name)) {
    throw unsafe(name, "replaces a folder");
  }
  const file = path.join(state.root, name);
  await rm(file, { force: true });
  state.symlinks.delete(name);
  return file;
}

function isExecutable({ mode }: Header): boolean {
  return ((mode ?? 0) & 0o111) !== 0;
}

function unsafe(name: string, fault: string): SlipwayError {
  return new SlipwayError("IMAGE_UNSAFE", `Entry ${JSON.stringify(name)} of a layer ${fault}.`, {
    hint: "Nothing was kept. Find out who built this image.",
  });
}
