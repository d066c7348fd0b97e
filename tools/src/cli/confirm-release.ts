import process from "node:process";

import { confirm, isCancel } from "@clack/prompts";

import { SlipwayError } from "../errors.ts";
import type { ReleasePlan } from "../release/release-plan.ts";
import type { CommandContext, Flags } from "./command.ts";

/** Asks a person; a workflow has been asked by its merge. */
export async function confirmRelease(
  { stdin, stderr, env }: CommandContext,
  flags: Flags,
  { branch }: ReleasePlan,
): Promise<void> {
  const isAsked = stdin.isTTY === true && stderr.isTTY === true && !flags.json;
  if (flags.yes || env["SLIPWAY_YES"] === "1" || !isAsked) return;
  const answer = await confirm({
    message: `Release ${branch}? It can't be taken back.`,
    initialValue: false,
    output: process.stderr,
  });
  if (!isCancel(answer) && answer) return;
  throw new SlipwayError("NOT_CONFIRMED", `The release of ${branch} was not confirmed.`, {
    hint: "Nothing was touched.",
  });
}
