import { readFileSync } from "node:fs";

import Type, { type Static, type TObject, type TProperties, type TSchema } from "typebox";
import { Check, Convert, Default, Errors } from "typebox/value";

import { baseVariables, type BaseConfig } from "./base-variables.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

type Parsed<Config> = { config: Config } | { faults: string[] };

/**
 * Environment variables → typed object. Each variable `X` may come as `X_FILE`, the path of a file with the value.
 * Every fault is listed in one error, and no value ever is.
 */
export function readConfig<Variables extends TProperties>(
  variables: Variables,
  environment: Environment,
): Static<TObject<Variables>> {
  const parsed = parseConfig(variables, environment);
  if ("faults" in parsed) {
    throw createConfigError(parsed.faults);
  }
  return parsed.config;
}

/** As `readConfig`, for what every service reads and what this one reads, with the faults of both in one error. */
export function readServiceConfig<Variables extends TProperties>(
  variables: Variables,
  environment: Environment,
): BaseConfig & Static<TObject<Variables>> {
  const base = parseConfig(baseVariables, environment);
  const own = parseConfig(variables, environment);
  if ("faults" in base || "faults" in own) {
    throw createConfigError([base, own].flatMap((part) => ("faults" in part ? part.faults : [])));
  }
  return { ...base.config, ...own.config };
}

function parseConfig<Variables extends TProperties>(
  variables: Variables,
  environment: Environment,
): Parsed<Static<TObject<Variables>>> {
  const schema = Type.Object(variables);
  const faults: string[] = [];
  const entries = Object.entries(variables).flatMap(([name, variable]) => {
    const text = readVariable(name, environment, faults);
    return text === undefined ? [] : [[name, parseValue(text, variable)] as const];
  });
  const config = Default(schema, Convert(schema, Object.fromEntries(entries)));
  return faults.length === 0 && Check(schema, config)
    ? { config }
    : { faults: [...faults, ...findFaults(schema, config, faults)] };
}

function createConfigError(faults: readonly string[]): Error {
  const count = faults.length === 1 ? "a fault" : `${faults.length} faults`;
  return new Error(`The configuration has ${count}:\n${faults.join("\n")}`);
}

function readVariable(name: string, environment: Environment, faults: string[]) {
  const file = environment[`${name}_FILE`];
  if (file === undefined || file === "") {
    return environment[name] === "" ? undefined : environment[name];
  }
  try {
    return readFileSync(file, "utf8").trim();
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unknown";
    faults.push(`${name}_FILE: ${file} cannot be read (${code}).`);
    return undefined;
  }
}

function parseValue(text: string, schema: TSchema): unknown {
  if (!("type" in schema) || (schema.type !== "object" && schema.type !== "array")) {
    return text;
  }
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function findFaults(schema: TSchema, config: unknown, known: readonly string[]): string[] {
  return Errors(schema, config)
    .flatMap(({ instancePath, message, params }) =>
      "requiredProperties" in params && Array.isArray(params.requiredProperties)
        ? params.requiredProperties.map((name) => `${name}: is missing.`)
        : [`${instancePath.split("/")[1]}: ${message}.`],
    )
    .filter((fault) => !known.some((other) => other.startsWith(`${fault.split(":")[0]}_FILE:`)));
}
