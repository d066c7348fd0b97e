import type { ExitCode } from "../exit-codes.ts";
import type { Reporter } from "../output/reporter.ts";
import type { Adapters } from "./adapters.ts";

/** The process a command runs in, passed in so that tests need none. */
export interface CliProcess {
  cwd: string;
  env: Readonly<Record<string, string | undefined>>;
  stdin: { isTTY?: boolean } & Partial<AsyncIterable<string | Uint8Array>>;
  stdout: OutputStream;
  stderr: OutputStream;
  /** Aborted by the first Ctrl-C. */
  signal: AbortSignal;
  /** Instead of the real machine, in tests. */
  adapters?: Adapters;
}

export interface OutputStream {
  isTTY?: boolean;
  write(text: string): unknown;
}

/** What every command gets. */
export interface CommandContext extends Omit<CliProcess, "adapters"> {
  /** Root folder of the workspace, absolute. */
  workspace: string;
  report: Reporter;
  adapters: Adapters;
  /** All that there are, for the reference. */
  commands: readonly CommandDefinition[];
}

/** Every flag any command knows; absent ones have their default. */
export interface Flags {
  env: string;
  json: boolean;
  quiet: boolean;
  color: boolean;
  yes: boolean;
  dryRun: boolean;
  exitCode: boolean;
  service: readonly string[];
  only: readonly string[];
  smoke: boolean;
  reason: string | undefined;
  to: string | undefined;
  release: string | undefined;
  port: number | undefined;
  out: string | undefined;
  from: string | undefined;
  plan: string | undefined;
  file: string | undefined;
  until: string | undefined;
  backup: string | undefined;
  on: boolean;
  off: boolean;
  page: string | undefined;
  wait: boolean;
  force: boolean;
  seed: boolean;
  follow: boolean;
  lines: number;
  check: boolean;
  fresh: boolean;
  base: string | undefined;
  markdown: boolean;
  write: boolean;
  size: string | undefined;
  summary: string | undefined;
  versionPr: boolean;
  name: string | undefined;
  description: string | undefined;
}

export type FlagName = keyof Flags;

export interface CommandInput {
  flags: Flags;
  /** Arguments that are no flags. */
  names: readonly string[];
}

export type RunCommand = (context: CommandContext, input: CommandInput) => Promise<ExitCode>;

export const commandGroups = ["Work", "Look", "Repair", "Build"] as const;

/** A command as help, reference and parser see it; its code is loaded only when it runs. */
export interface CommandDefinition {
  name: string;
  group: (typeof commandGroups)[number];
  /** One sentence without a full stop. */
  summary: string;
  /** What its `names` are: `services`. None are allowed without it. */
  names?: string;
  /** Beside those that every command has. */
  flags: readonly FlagName[];
  examples: readonly [string, string];
  /** Left out of help and reference. */
  hidden?: boolean;
  load(): Promise<{ run: RunCommand }>;
}
