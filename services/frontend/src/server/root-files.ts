import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { extname, join } from "node:path";

export type Encoding = "br" | "gzip" | "identity";

/** A file at the root of the site, such as index.html, whose name does not change with its content. */
export interface RootFile {
  type: string;
  /** From the content: in an image all files have the same date, so date and size cannot tell. */
  etag: string;
  bodies: Partial<Record<Encoding, Buffer>> & { identity: Buffer };
}

const TYPES: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".png": "image/png",
  ".ico": "image/x-icon",
  ".webmanifest": "application/manifest+json",
};

/** Reads the few files that are asked for all the time, with their compressed twins. */
export async function readRootFiles(folder: string): Promise<Map<string, RootFile>> {
  const names = await listRoot(folder);
  const files = new Map<string, RootFile>();
  for (const name of names) {
    const type = TYPES[extname(name)];
    if (type !== undefined) files.set(name, await readRootFile(join(folder, name), type, names));
  }
  if (!files.has("index.html")) throw new Error(describeMissingBuild(folder));
  return files;
}

async function readRootFile(path: string, type: string, names: string[]): Promise<RootFile> {
  const identity = await readFile(path);
  const bodies: RootFile["bodies"] = { identity };
  const name = path.slice(path.lastIndexOf("/") + 1);
  if (names.includes(`${name}.br`)) bodies.br = await readFile(`${path}.br`);
  if (names.includes(`${name}.gz`)) bodies.gzip = await readFile(`${path}.gz`);
  const hash = createHash("sha256").update(identity).digest("base64url").slice(0, 22);
  return { type, etag: `W/"${hash}"`, bodies };
}

async function listRoot(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (cause) {
    throw new Error(describeMissingBuild(folder), { cause });
  }
}

function describeMissingBuild(folder: string): string {
  return `There are no pages in ${folder}: index.html is missing. Build them: npm run build -w @myaegee/frontend`;
}
