import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { type Journal, photograph } from "./journal.ts";
import { outputFolder } from "./output-folder.ts";
import type { Stage } from "./stage.ts";

export interface Evidence extends Journal {
  /** JPEG in base64, one of each window that was open. */
  screenshots: string[];
}

/** Keeps what a failed flow saw; returns the file. */
export async function writeEvidence(title: string, stage: Stage): Promise<string> {
  const folder = join(outputFolder, "evidence");
  const file = join(folder, `${title.toLowerCase().replace(/[^a-z0-9]+/g, "-")}.json`);
  const evidence: Evidence = {
    ...stage.journal,
    screenshots: await photograph(stage.pages()),
  };
  await mkdir(folder, { recursive: true });
  await writeFile(file, JSON.stringify(evidence));
  return file;
}
