import { Environment } from "../config/environment-schema.ts";
import { describeSchema } from "../config/list-faults.ts";
import { errorKinds } from "../errors.ts";
import { exitCodeMeanings } from "../exit-codes.ts";
import { commandGroups, type CommandDefinition, type FlagName } from "./command.ts";
import { commonFlags, flagDefinitions } from "./flags.ts";

const notice = "<!-- Written by `npx slipway docs` from the code; edit that. -->";

/** Files of `docs/reference` by name. The same code gives the same text. */
export function formatReference(
  commands: readonly CommandDefinition[],
): Readonly<Record<string, string>> {
  return {
    "commands.md": formatPage("Commands", formatCommands(commands)),
    "environments.md": formatPage("Environments", formatEnvironments()),
    "errors.md": formatPage("Errors", formatErrors()),
    "exit-codes.md": formatPage("Exit codes", formatExitCodes()),
  };
}

function formatPage(title: string, body: readonly string[]): string {
  return `${[`# ${title}`, notice, ...body].join("\n\n")}\n`;
}

function formatCommands(commands: readonly CommandDefinition[]): readonly string[] {
  const shown = commands.filter(({ hidden }) => hidden !== true);
  return [
    "`npx nx run tools:<command>` and `npx slipway <command>` do the same; the second prints nothing but its own.",
    "stdout holds the result, stderr everything else. Colour, prompts and moving lines appear in a terminal only; `NO_COLOR`, `TERM=dumb` and `--no-color` turn colour off.",
    "Every command has these flags:",
    formatFlags(commonFlags),
    ...commandGroups.flatMap((group) => formatGroup(group, shown)),
  ];
}

function formatGroup(
  group: CommandDefinition["group"],
  commands: readonly CommandDefinition[],
): readonly string[] {
  const members = commands.filter((command) => command.group === group);
  return [`## ${group}`, ...members.flatMap(formatCommand)];
}

function formatCommand({
  name,
  summary,
  names,
  flags,
  examples,
}: CommandDefinition): readonly string[] {
  const usage = names === undefined ? "" : ` [${names}]`;
  return [
    `### ${name}`,
    `${summary}.`,
    [
      "```sh",
      `npx slipway ${name}${usage} [flags]`,
      ...examples.map((line) => `npx ${line}`),
      "```",
    ].join("\n"),
    ...(flags.length === 0 ? [] : [formatFlags(flags)]),
  ];
}

function formatFlags(names: readonly FlagName[]): string {
  return formatTable(
    ["flag", "meaning"],
    names.map((name) => [`\`${flagDefinitions[name].spec}\``, flagDefinitions[name].summary]),
  );
}

function formatErrors(): readonly string[] {
  const kinds = Object.entries(errorKinds).toSorted(([left], [right]) => (left < right ? -1 : 1));
  return [
    "Every expected failure ends with its code in brackets. The number is the usual exit code; a deployment's own outcome goes before it.",
    ...kinds.flatMap(([code, { exitCode, meaning }]) => [
      `## ${code}`,
      `${meaning} Exit code ${exitCode}.`,
    ]),
  ];
}

function formatExitCodes(): readonly string[] {
  const rows = Object.entries(exitCodeMeanings).map(([code, meaning]) => [code, meaning] as const);
  return [
    "0 means that what was planned answers through the front door, or that there was nothing to do. Nothing else ends with 0.",
    formatTable(["exit code", "meaning"], rows),
  ];
}

function formatEnvironments(): readonly string[] {
  return [
    "An environment is `tools/environments/<name>.yaml`. Unknown fields are faults; all faults are reported at once, with their lines. `tools/environments/local.yaml` is an example.",
    formatTable(["field", "value", "meaning"], listFields(Environment, [])),
    "Its state lies in `.slipway/<name>` of the workspace, or in `$SLIPWAY_STATE/<name>`.",
  ];
}

function listFields(schema: object, path: readonly string[]): readonly (readonly string[])[] {
  if (!("properties" in schema) || typeof schema.properties !== "object") return [];
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]: [string, object]) =>
    listField([...path, name], field, isRequired(schema, name)),
  );
}

function listField(
  path: readonly string[],
  field: object,
  isNeeded: boolean,
): readonly (readonly string[])[] {
  const description = "description" in field ? String(field.description) : "";
  const value = `${describeSchema(field) ?? "a group of fields"}${isNeeded ? "" : ", optional"}`;
  const row = [`\`${path.join(".")}\``, value.replaceAll("|", "\\|"), description];
  return [row, ...listFields(field, path), ...listMembers(field, path)];
}

/** Fields of a list's items (`hosts[].name`) and of a group whose names are free (`services.<name>.env`). */
function listMembers(field: object, path: readonly string[]): readonly (readonly string[])[] {
  if ("items" in field && isObject(field.items)) {
    return listFields(field.items, [...path.slice(0, -1), `${path.at(-1) ?? ""}[]`]);
  }
  const members = "patternProperties" in field ? Object.values(field.patternProperties ?? {}) : [];
  return members.filter(isObject).flatMap((member) => listFields(member, [...path, "<name>"]));
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function isRequired(schema: object, name: string): boolean {
  return "required" in schema && Array.isArray(schema.required) && schema.required.includes(name);
}

function formatTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((cell, column) =>
    Math.max(cell.length, ...rows.map((row) => (row[column] ?? "").length)),
  );
  const line = (cells: readonly string[]) =>
    `| ${widths.map((width, column) => (cells[column] ?? "").padEnd(width)).join(" | ")} |`;
  return [line(head), line(widths.map((width) => "-".repeat(width))), ...rows.map(line)].join("\n");
}
