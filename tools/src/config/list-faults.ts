import type { TSchema } from "typebox";
import { Value } from "typebox/value";

/** One place where a value does not fit its schema. */
export interface Fault {
  path: readonly string[];
  /** A few words: `a whole number from 1 to 65535`. */
  expected: string;
  got: unknown;
}

/** Every fault at once, in the order of their paths, each place once. */
export function listFaults(schema: TSchema, value: unknown): readonly Fault[] {
  const faults = new Map<string, Fault>();
  for (const error of Value.Errors(schema, value)) {
    for (const path of listPaths(error)) {
      const fault = {
        path,
        expected: describeExpectation(schemaAt(schema, path), error),
        got: valueAt(value, path),
      };
      if (!faults.has(path.join("/"))) faults.set(path.join("/"), fault);
    }
  }
  return [...faults.values()].toSorted((left, right) =>
    left.path.join("/") < right.path.join("/") ? -1 : 1,
  );
}

/** `gateway.port: expected a whole number from 1 to 65535, got "http" (line 8).` */
export function formatFault({ path, expected, got }: Fault, line?: number): string {
  const place = path.join(".") || "(the whole file)";
  const found = got === undefined ? "nothing" : JSON.stringify(got);
  return `${place}: expected ${expected}, got ${found}${line === undefined ? "" : ` (line ${line})`}.`;
}

type SchemaError = ReturnType<typeof Value.Errors>[number];

function listPaths(error: SchemaError): readonly (readonly string[])[] {
  const base = error.instancePath.split("/").slice(1);
  if (error.keyword === "required") {
    return error.params.requiredProperties.map((name) => [...base, name]);
  }
  if (error.keyword === "additionalProperties") {
    return error.params.additionalProperties.map((name) => [...base, name]);
  }
  return [base];
}

function describeExpectation(schema: object | null, error: SchemaError): string {
  if (schema === null || error.keyword === "additionalProperties") return "no such field";
  return describeSchema(schema) ?? error.message;
}

/** A schema in a few words, or null when only the message can tell. */
// oxlint-disable-next-line complexity -- one line a kind of schema
export function describeSchema(schema: object): string | null {
  if ("const" in schema) return JSON.stringify(schema.const);
  if ("anyOf" in schema && Array.isArray(schema.anyOf)) {
    return schema.anyOf.map((option: object) => describeSchema(option)).join(" or ");
  }
  if (!("type" in schema)) return null;
  if (schema.type === "integer") return `a whole number${describeRange(schema)}`;
  if (schema.type === "string" && "pattern" in schema) {
    return `text that fits ${String(schema.pattern)}`;
  }
  if (schema.type === "string") return "text";
  if (schema.type === "boolean") return "true or false";
  return schema.type === "array" ? "a list" : "a group of fields";
}

function describeRange(schema: object): string {
  const minimum = "minimum" in schema ? String(schema.minimum) : null;
  const maximum = "maximum" in schema ? String(schema.maximum) : null;
  if (minimum !== null && maximum !== null) return ` from ${minimum} to ${maximum}`;
  return minimum === null ? "" : ` of at least ${minimum}`;
}

function schemaAt(schema: object, path: readonly string[]): object | null {
  const [name, ...rest] = path;
  if (name === undefined) return schema;
  const inner = fieldOf(schema, "properties", name) ?? firstPattern(schema);
  return inner === null ? null : schemaAt(inner, rest);
}

function fieldOf(schema: object, group: string, name: string): object | null {
  return asObject(valueAt(schema, [group, name]));
}

function firstPattern(schema: object): object | null {
  const patterns = asObject(valueAt(schema, ["patternProperties"]));
  return patterns === null ? null : asObject(Object.values(patterns)[0]);
}

function asObject(value: unknown): object | null {
  return typeof value === "object" && value !== null ? value : null;
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  let current = value;
  for (const name of path) {
    const holder = asObject(current);
    if (holder === null) return undefined;
    current = Object.getOwnPropertyDescriptor(holder, name)?.value;
  }
  return current;
}
