import { commandGroups, type CommandDefinition, type FlagName } from "./command.ts";
import { commonFlags, flagDefinitions } from "./flags.ts";

const docsLine = "Reference: docs/reference/commands.md\n";

/** `slipway --help`: two examples, the commands by group, the common flags. */
export function formatHelp(table: readonly CommandDefinition[]): string {
  const shown = table.filter((command) => command.hidden !== true);
  const groups = commandGroups.map((group) =>
    formatSection(
      `${group}:`,
      shown
        .filter((command) => command.group === group)
        .map(({ name, summary }) => [name, summary]),
    ),
  );
  return [
    "Slipway builds, releases and deploys the services of this workspace.\n",
    formatExamples(["slipway deploy --env=local", "slipway rollback --service=events"]),
    ...groups,
    formatFlags("Flags of every command:", commonFlags),
    "More on one: npx slipway deploy --help\n",
    docsLine,
  ].join("\n");
}

export function formatCommandHelp(command: CommandDefinition): string {
  const usage = command.names === undefined ? "" : ` [${command.names}]`;
  return [
    `${command.summary}.\n`,
    formatExamples(command.examples),
    `Usage: npx slipway ${command.name}${usage} [flags]\n`,
    ...(command.flags.length > 0 ? [formatFlags("Flags:", command.flags)] : []),
    formatFlags("Flags of every command:", commonFlags),
    docsLine,
  ].join("\n");
}

function formatExamples(examples: readonly [string, string]): string {
  return `${examples.map((example) => `  $ npx ${example}`).join("\n")}\n`;
}

function formatFlags(title: string, names: readonly FlagName[]): string {
  return formatSection(
    title,
    names.map((name) => [flagDefinitions[name].spec, flagDefinitions[name].summary]),
  );
}

function formatSection(title: string, rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(20, ...rows.map(([name]) => name.length)) + 2;
  return `${title}\n${rows.map(([name, text]) => `  ${name.padEnd(width)}${text}`).join("\n")}\n`;
}
