import { SlipwayError } from "../errors.ts";
import type { FlagName, Flags } from "./command.ts";

interface FlagDefinition {
  /** As commander wants it. */
  spec: string;
  summary: string;
}

export const flagDefinitions = {
  env: { spec: "--env <name>", summary: "environment to work on (default: local)" },
  json: { spec: "--json", summary: "print JSON: one document, or one object a line while working" },
  quiet: { spec: "--quiet", summary: "print errors and the result only" },
  color: { spec: "--no-color", summary: "print without colours" },
  yes: { spec: "--yes", summary: "do not ask for confirmation" },
  dryRun: { spec: "--dry-run", summary: "print the plan and stop" },
  exitCode: {
    spec: "--exit-code",
    summary: "with --dry-run: end with 3 when the plan has changes",
  },
  service: { spec: "--service <names>", summary: "only these services, separated by commas" },
  only: { spec: "--only <flows>", summary: "only these flows, separated by commas" },
  smoke: {
    spec: "--smoke",
    summary: "only what reads, and one mail; passing is not recorded where flows are allowed",
  },
  reason: { spec: "--reason <text>", summary: "why; kept in the history" },
  to: {
    spec: "--to <version>",
    summary: "version or digest to go back to (default: the one before)",
  },
  release: { spec: "--release <id>", summary: "release set to work with: its name, or `latest`" },
  port: { spec: "--port <number>", summary: "public port; an error when it is busy" },
  out: { spec: "--out <file>", summary: "with --dry-run: save the plan" },
  from: {
    spec: "--from <file>",
    summary: "apply a saved plan; refused when the environment has changed",
  },
  plan: {
    spec: "--plan <hash>",
    summary: "confirm the plan of this hash and no other, instead of a question",
  },
  file: { spec: "--file <path>", summary: "file that holds the value (default: standard input)" },
  until: { spec: "--until <time>", summary: "when it ends by itself: 2026-12-24T18:00Z" },
  backup: { spec: "--backup <name>", summary: "backup to restore; without it they are listed" },
  on: { spec: "--on", summary: "close the front door" },
  off: { spec: "--off", summary: "open it again" },
  page: { spec: "--page <text>", summary: "what people read meanwhile" },
  wait: { spec: "--wait", summary: "wait while another run holds the lock" },
  force: { spec: "--force", summary: "deploy although a block or gate refuses; needs --reason" },
  seed: { spec: "--seed", summary: "migrate and write the test data again" },
  follow: { spec: "--follow", summary: "keep printing new lines until Ctrl-C" },
  lines: { spec: "--lines <number>", summary: "how many lines to begin with (default: 50)" },
  fresh: { spec: "--fresh", summary: "build even what has not changed" },
  name: { spec: "--name <name>", summary: "the same as the name without a flag, for `nx run`" },
  description: { spec: "--description <text>", summary: "what it is for, in one sentence" },
  base: {
    spec: "--base <reference>",
    summary: "branch or commit to compare with (default: the release branch)",
  },
  markdown: { spec: "--markdown", summary: "print Markdown, for a comment on a pull request" },
  write: { spec: "--write", summary: "ask for what is missing and write the changeset" },
  versionPr: {
    spec: "--version-pr",
    summary: "put the next versions into a pull request instead of pushing them",
  },
  size: {
    spec: "--size <size>",
    summary: "with --write, instead of asking: patch, minor, major or none",
  },
  summary: {
    spec: "--summary <text>",
    summary: "with --write, instead of asking: what changes for others, or why nothing does",
  },
  check: { spec: "--check", summary: "fail when a file is stale instead of writing it" },
} as const satisfies Record<FlagName, FlagDefinition>;

/** Flags that every command has. */
export const commonFlags: readonly FlagName[] = ["env", "json", "quiet", "color"];

export type RawFlags = Partial<Record<FlagName, string | boolean>>;

export function parseFlags(raw: RawFlags): Flags {
  return {
    env: text(raw.env) ?? "local",
    json: raw.json === true,
    quiet: raw.quiet === true,
    color: raw.color !== false,
    yes: raw.yes === true,
    dryRun: raw.dryRun === true,
    exitCode: raw.exitCode === true,
    service: parseNames(text(raw.service)),
    only: parseNames(text(raw.only)),
    smoke: raw.smoke === true,
    reason: text(raw.reason),
    to: text(raw.to),
    release: text(raw.release),
    port: parseWholeNumber("--port", text(raw.port), 65_535),
    out: text(raw.out),
    from: text(raw.from),
    plan: text(raw.plan),
    file: text(raw.file),
    until: text(raw.until),
    backup: text(raw.backup),
    on: raw.on === true,
    off: raw.off === true,
    page: text(raw.page),
    wait: raw.wait === true,
    force: raw.force === true,
    seed: raw.seed === true,
    follow: raw.follow === true,
    lines: parseWholeNumber("--lines", text(raw.lines), 100_000) ?? 50,
    check: raw.check === true,
    fresh: raw.fresh === true,
    base: text(raw.base),
    markdown: raw.markdown === true,
    write: raw.write === true,
    size: text(raw.size),
    summary: text(raw.summary),
    versionPr: raw.versionPr === true,
    name: text(raw.name),
    description: text(raw.description),
  };
}

function text(value: string | boolean | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function parseNames(value: string | undefined): readonly string[] {
  return (value ?? "")
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
}

function parseWholeNumber(
  flag: string,
  value: string | undefined,
  maximum: number,
): number | undefined {
  if (value === undefined) return undefined;
  const number = Number(value);
  if (Number.isInteger(number) && number >= 1 && number <= maximum) return number;
  throw new SlipwayError(
    "FLAGS_INVALID",
    `${flag} wants a whole number from 1 to ${maximum}, not "${value}".`,
  );
}
