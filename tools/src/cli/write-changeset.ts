import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import process from "node:process";

import { isCancel, select, text } from "@clack/prompts";

import { suggestChangeset } from "../changes/suggest-changeset.ts";
import type { Verdict, WantedFile } from "../changes/verdict.ts";
import { SlipwayError } from "../errors.ts";
import type { CommandContext } from "./command.ts";

const types = [
  { value: "patch", label: "patch: mends something" },
  { value: "minor", label: "minor: adds something" },
  { value: "major", label: "major: breaks something" },
  { value: "none", label: "none: needs no release" },
] as const;

/** Asks how big the change is and what it says, and writes one changeset for all that is not covered. */
export async function writeChangeset(
  { workspace, stdin, stderr }: CommandContext,
  { affected, base }: Verdict,
): Promise<WantedFile | null> {
  const uncovered = affected.filter(({ cover }) => cover === null);
  const packageNames = uncovered.map(({ packageName }) => packageName);
  if (packageNames.length === 0) return null;
  if (stdin.isTTY !== true || stderr.isTTY !== true) {
    throw new SlipwayError("CONFIRMATION_MISSING", "There is no terminal to ask on.", {
      hint: "Nothing was written. Without --write the file to add is printed.",
    });
  }
  const file = suggestChangeset({ packageNames, baseCommit: base, ...(await ask(packageNames)) });
  await mkdir(path.join(workspace, ".changeset"), { recursive: true });
  await writeFile(path.join(workspace, file.path), file.content, { flag: "wx" });
  return file;
}

async function ask(packageNames: readonly string[]) {
  const output = process.stderr;
  const message = `How big is the change for ${packageNames.join(", ")}?`;
  const type = await select({ message, options: [...types], output });
  if (isCancel(type)) throw cancelled();
  const summary = await text({
    message: type === "none" ? "Why does it need no release?" : "What changes for others?",
    validate: (value) => (value?.trim() ? undefined : "A sentence, please."),
    output,
  });
  if (isCancel(summary)) throw cancelled();
  return { type, summary: summary.trim() };
}

function cancelled(): SlipwayError {
  return new SlipwayError("NOT_CONFIRMED", "No changeset was written.", {
    hint: "Nothing was touched.",
  });
}
