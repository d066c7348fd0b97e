import { readFile } from "node:fs/promises";
import path from "node:path";

import { SlipwayError } from "../errors.ts";
import type { Service } from "../workspace/service-manifest.ts";
import { isDigest } from "./digest.ts";

/** What the last stage of a service's Dockerfile stands on. A release says which base that was, so it must be pinned. */
export async function readDockerfileBase(
  workspace: string,
  { folder }: Service,
): Promise<{ name: string; digest: string }> {
  const file = `${folder}/Dockerfile`;
  const name = parseDockerfileBase(await readFile(path.join(workspace, file), "utf8"));
  const digest = name.split("@")[1] ?? "";
  if (!isDigest(digest)) {
    throw new SlipwayError(
      "CONFIG_INVALID",
      `The last stage of ${file} is FROM ${name === "" ? "nothing" : name}, which no digest pins.`,
      {
        hint: "Nothing was built. A release names its bases: FROM docker.io/library/node:24-slim@sha256:… (`docker buildx imagetools inspect` prints the digest).",
      },
    );
  }
  return { name, digest };
}

/** Follows the names of stages to the image below the last one. */
export function parseDockerfileBase(text: string): string {
  const stages = [...text.matchAll(/^\s*FROM\s+(?:--\S+\s+)*(\S+)(?:\s+AS\s+(\S+))?/gimu)];
  let base = "";
  for (const [position, [, image = ""]] of [...stages.entries()].toReversed()) {
    const isWanted = base === "" || stages[position]?.[2]?.toLowerCase() === base.toLowerCase();
    base = isWanted ? image : base;
  }
  return base;
}
