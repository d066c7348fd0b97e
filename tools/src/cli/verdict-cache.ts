import { mkdir, readdir, readFile, rm, stat } from "node:fs/promises";
import path from "node:path";

import type { Verdict } from "../changes/verdict.ts";
import { computeDigest } from "../images/digest.ts";
import { writeFileAtomically } from "../registries/write-file-atomically.ts";
import { hasCode } from "../workspace/has-code.ts";
import { identifyTool } from "./identify-tool.ts";

const keptVerdicts = 20;

/** What was compared. Both names stand for their content, so equal names mean an equal verdict. */
export interface VerdictKey {
  workspace: string;
  baseCommit: string;
  headTree: string;
}

/** What `changes` remembers; may be deleted at any time. */
export function verdictCacheFolder(workspace: string): string {
  return path.join(workspace, "dist/changes-cache");
}

/** The file for this key and this very tool. */
export async function findVerdictFile(key: VerdictKey): Promise<string> {
  const { workspace, baseCommit, headTree } = key;
  const name = computeDigest([baseCommit, headTree, await identifyTool(workspace)].join(" "));
  return path.join(verdictCacheFolder(workspace), `${name.slice("sha256:".length)}.txt`);
}

/** Null when there is none, or when it is not what was written. */
export async function readVerdict(file: string): Promise<Verdict | null> {
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    if (hasCode(error, "ENOENT")) return "";
    throw error;
  });
  const [digest, content = ""] = text.split("\n");
  if (digest !== computeDigest(content)) return null;
  const verdict: Verdict = JSON.parse(content);
  return verdict;
}

/** A folder that can't be written to costs time, not the answer. */
export async function writeVerdict(file: string, verdict: Verdict): Promise<void> {
  const content = JSON.stringify(verdict);
  try {
    await mkdir(path.dirname(file), { recursive: true });
    await writeFileAtomically(file, `${computeDigest(content)}\n${content}`);
    await removeOldest(path.dirname(file));
  } catch (error) {
    const isTolerable = ["EACCES", "EPERM", "EROFS", "ENOSPC"].some((code) => hasCode(error, code));
    if (!isTolerable) throw error;
  }
}

async function removeOldest(folder: string): Promise<void> {
  const names = await readdir(folder);
  if (names.length <= keptVerdicts) return;
  const files = await Promise.all(
    names.map(async (name) => {
      const file = path.join(folder, name);
      // Another run may have removed it meanwhile.
      const { mtimeMs } = await stat(file).catch(() => ({ mtimeMs: 0 }));
      return { file, mtimeMs };
    }),
  );
  const old = files.toSorted((a, b) => b.mtimeMs - a.mtimeMs).slice(keptVerdicts);
  await Promise.all(old.map(({ file }) => rm(file, { force: true })));
}
