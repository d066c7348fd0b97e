import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { access, mkdir, mkdtemp, readFile, rename, rm } from "node:fs/promises";
import path from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";

import { execa } from "execa";
import { extract } from "tar-stream";
import { Type } from "typebox";
import { Check } from "typebox/value";

import { SlipwayError } from "../errors.ts";
import type { ClosurePackage } from "../workspace/plan-closure.ts";
import { computeDigest, formatDigestAsName } from "./digest.ts";

export interface PackageStore {
  /** Root of the workspace: npm's settings for it hold. */
  workspace: string;
  /** Where fetched packages are kept. */
  folder: string;
}

const PackResult = Type.Array(Type.Object({ filename: Type.String() }));

const timeoutMs = 5 * 60_000;

/**
 * A package that is not installed because it is for another platform: fetched by npm, checked against the lock, and
 * unpacked. None of its scripts run.
 */
export async function fetchPackage(store: PackageStore, wanted: ClosurePackage): Promise<string> {
  const { name, locked } = wanted;
  const key = computeDigest(JSON.stringify([name, locked.version, locked.integrity]));
  const folder = path.join(store.folder, formatDigestAsName(key));
  const isThere = await access(folder).then(
    () => true,
    () => false,
  );
  if (!isThere) {
    await mkdir(store.folder, { recursive: true });
    const temporary = await mkdtemp(path.join(store.folder, "fetching-"));
    try {
      await unpackPackage(
        await download(store, wanted, temporary),
        path.join(temporary, "content"),
      );
      await renameUnlessThere(path.join(temporary, "content"), folder);
    } finally {
      await rm(temporary, { recursive: true, force: true });
    }
  }
  return folder;
}

async function download(
  { workspace }: PackageStore,
  { name, locked }: ClosurePackage,
  into: string,
): Promise<Uint8Array> {
  const wish = `${name}@${locked.version ?? ""}`;
  const args = ["pack", wish, "--json", "--ignore-scripts", "--pack-destination", into];
  const result = await execa("npm", args, { cwd: workspace, timeout: timeoutMs, reject: false });
  const answer = parseJson(result.stdout);
  const [packed] = Check(PackResult, answer) ? answer : [];
  if (result.failed || packed === undefined) {
    throw refuse(wish, "could not be fetched", result.stderr.split("\n").slice(-5));
  }
  const content = await readFile(path.join(into, path.basename(packed.filename)));
  const actual = `sha512-${createHash("sha512").update(content).digest("base64")}`;
  if (actual !== locked.integrity) {
    throw refuse(wish, `has the integrity ${actual}; package-lock.json wants ${locked.integrity}`);
  }
  return content;
}

/** Below npm's own first folder, whatever it is called. */
async function unpackPackage(content: Uint8Array, into: string): Promise<void> {
  const entries = Readable.from([content]).pipe(createGunzip()).pipe(extract());
  for await (const entry of entries) {
    const { name, type, mode } = entry.header;
    const [, ...parts] = name.split("/");
    if (type === "file" && parts.length > 0 && !parts.includes("..")) {
      const file = path.join(into, ...parts);
      await mkdir(path.dirname(file), { recursive: true });
      await pipeline(
        entry,
        createWriteStream(file, { mode: ((mode ?? 0) & 0o100) === 0 ? 0o644 : 0o755 }),
      );
    } else {
      entry.resume();
    }
  }
}

async function renameUnlessThere(from: string, to: string): Promise<void> {
  await rename(from, to).catch(async (error: unknown) => {
    // Another build was first.
    await access(to).catch(() => {
      throw error;
    });
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function refuse(wish: string, fault: string, details: readonly string[] = []): SlipwayError {
  return new SlipwayError("IMAGE_BUILD_FAILED", `Package ${wish} ${fault}.`, {
    details,
    hint: "It is part of an image for another platform. Look at npm's settings and the network.",
  });
}
