import { createHash } from "node:crypto";

import { formatChangeset } from "./parse-changesets.ts";
import type { WantedFile } from "./verdict.ts";

export type ChangeSize = "major" | "minor" | "patch" | "none";

export interface Suggestion {
  packageNames: readonly string[];
  baseCommit: string;
  type?: ChangeSize;
  summary?: string;
}

/** The same branch and packages give the same name, so that asking again changes nothing. */
export function suggestChangeset({
  packageNames,
  baseCommit,
  type = "patch",
  summary = "Say in one to three sentences what changes for those who use it.",
}: Suggestion): WantedFile {
  const key = JSON.stringify([baseCommit, packageNames, type, summary]);
  const hash = createHash("sha256").update(key).digest("hex").slice(0, 8);
  const content = formatChangeset(
    packageNames.map((name) => ({ name, type })),
    summary,
  );
  return { path: `.changeset/change-${hash}.md`, content };
}
