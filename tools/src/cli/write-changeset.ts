import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import process from "node:process";

import { isCancel, select, text } from "@clack/prompts";

import { suggestChangeset, type ChangeSize } from "../changes/suggest-changeset.ts";
import type { Verdict, WantedFile } from "../changes/verdict.ts";
import { SlipwayError } from "../errors.ts";
import type { CommandContext, Flags } from "./command.ts";

const sizes: readonly { value: ChangeSize; label: string }[] = [
  { value: "patch", label: "patch: mends something" },
  { value: "minor", label: "minor: adds something" },
  { value: "major", label: "major: breaks something" },
  { value: "none", label: "none: needs no release" },
];

export interface WriteWish {
  flags: Pick<Flags, "size" | "summary">;
  verdict: Verdict;
}

/** Writes one changeset for all that is not covered; asks for what no flag says. */
export async function writeChangeset(
  context: CommandContext,
  { flags, verdict: { affected, base } }: WriteWish,
): Promise<WantedFile | null> {
  const uncovered = affected.filter(({ cover }) => cover === null);
  const packageNames = uncovered.map(({ packageName }) => packageName);
  if (packageNames.length === 0) return null;
  const size = parseSize(flags.size) ?? (await askSize(context, packageNames));
  const summary = flags.summary?.trim() || (await askSummary(context, size));
  const file = suggestChangeset({ packageNames, baseCommit: base, type: size, summary });
  const target = path.join(context.workspace, file.path);
  await mkdir(path.dirname(target), { recursive: true });
  await writeFile(target, file.content, { flag: "wx" });
  return file;
}

function parseSize(wanted: string | undefined): ChangeSize | null {
  if (wanted === undefined) return null;
  const size = sizes.find(({ value }) => value === wanted);
  if (size !== undefined) return size.value;
  const known = sizes.map(({ value }) => value).join(", ");
  throw new SlipwayError("FLAGS_INVALID", `--size wants one of ${known}, not "${wanted}".`);
}

async function askSize(
  context: CommandContext,
  packageNames: readonly string[],
): Promise<ChangeSize> {
  requireTerminal(context);
  const size = await select({
    message: `How big is the change for ${packageNames.join(", ")}?`,
    options: [...sizes],
    output: process.stderr,
  });
  if (isCancel(size)) throw cancelled();
  return size;
}

async function askSummary(context: CommandContext, size: ChangeSize): Promise<string> {
  requireTerminal(context);
  const summary = await text({
    message: size === "none" ? "Why does it need no release?" : "What changes for others?",
    validate: (value) => (value?.trim() ? undefined : "A sentence, please."),
    output: process.stderr,
  });
  if (isCancel(summary)) throw cancelled();
  return summary.trim();
}

function requireTerminal({ stdin, stderr }: CommandContext): void {
  if (stdin.isTTY === true && stderr.isTTY === true) return;
  throw new SlipwayError("CONFIRMATION_MISSING", "There is no terminal to ask on.", {
    hint: "Nothing was written. Say it by flags: --write --size=patch --summary='What changes for others.'",
  });
}

function cancelled(): SlipwayError {
  return new SlipwayError("NOT_CONFIRMED", "No changeset was written.", {
    hint: "Nothing was touched.",
  });
}
