import { Command, CommanderError } from "commander";

import { SlipwayError } from "../errors.ts";
import type { CommandDefinition, CommandInput } from "./command.ts";
import { commonFlags, flagDefinitions, parseFlags, type RawFlags } from "./flags.ts";
import { formatCommandHelp, formatHelp } from "./format-help.ts";

export type ParsedArguments =
  | { kind: "help"; text: string }
  | { kind: "run"; command: CommandDefinition; input: CommandInput };

export function parseArguments(
  argv: readonly string[],
  table: readonly CommandDefinition[],
): ParsedArguments {
  let chosen: ParsedArguments = { kind: "help", text: formatHelp(table) };
  if (isHelpWish(argv)) return chosen;
  const program = silence(new Command("slipway")).helpOption(false).helpCommand(false);
  for (const definition of table) {
    addCommand(program, definition, (parsed) => {
      chosen = parsed;
    });
  }
  try {
    program.parse(argv.flatMap(splitValue), { from: "user" });
  } catch (error) {
    throw error instanceof CommanderError ? asFlagsInvalid(error) : error;
  }
  return chosen;
}

function isHelpWish([first, second]: readonly string[]): boolean {
  return first === undefined || (["--help", "-h", "help"].includes(first) && second === undefined);
}

/** `--env=x` becomes two words, so that a misspelt flag is compared without its value. */
function splitValue(word: string): readonly string[] {
  const equals = word.indexOf("=");
  if (!word.startsWith("--") || equals === -1) return [word];
  return [word.slice(0, equals), word.slice(equals + 1)];
}

function addCommand(
  program: Command,
  definition: CommandDefinition,
  choose: (parsed: ParsedArguments) => void,
): void {
  const command = silence(program.command(definition.name)).helpOption(false).option("-h, --help");
  for (const flag of [...definition.flags, ...commonFlags]) {
    command.option(flagDefinitions[flag].spec);
  }
  if (definition.names !== undefined) command.argument("[names...]");
  command.action(() => {
    const raw = command.opts<RawFlags & { help?: boolean }>();
    if (raw.help === true) {
      choose({ kind: "help", text: formatCommandHelp(definition) });
      return;
    }
    const input = { flags: parseFlags(raw), names: command.args };
    choose({ kind: "run", command: definition, input });
  });
}

function silence(command: Command): Command {
  return command
    .exitOverride()
    .allowExcessArguments(false)
    .showSuggestionAfterError(true)
    .configureOutput({ writeOut: () => {}, writeErr: () => {} });
}

function asFlagsInvalid(error: CommanderError): SlipwayError {
  const [first = "", ...rest] = error.message.replace(/^error: /, "").split("\n");
  const suggestion = /Did you mean (?:one of )?(.*)\?/.exec(rest.join(" "))?.[1];
  return new SlipwayError("FLAGS_INVALID", `${first.charAt(0).toUpperCase()}${first.slice(1)}.`, {
    hint: suggestion === undefined ? "See: npx slipway --help" : `Did you mean ${suggestion}?`,
  });
}
