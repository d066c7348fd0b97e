import * as fc from "fast-check";

/** A JSON schema as OpenAPI holds it, as far as we look into it. */
export interface JsonSchema {
  type?: string;
  enum?: unknown[];
  const?: unknown;
  anyOf?: JsonSchema[];
  items?: JsonSchema;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  additionalProperties?: boolean | JsonSchema;
  format?: string;
  pattern?: string;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
}

type Values = fc.Arbitrary<unknown>;

/** Mostly what the schema asks for, now and then something that it surely does not. */
export function createSchemaArbitrary(schema: JsonSchema): Values {
  return fc.oneof(
    { weight: 9, arbitrary: createValidArbitrary(schema) },
    { weight: 1, arbitrary: hostileValues },
  );
}

/** What breaks parsers, databases and assumptions. */
export const hostileTexts: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    "",
    "\0",
    "a\0b",
    "\uD800",
    "x\uDC00y",
    "' or 1=1 --",
    '"; drop table events; --',
    "%",
    "_",
    "\\",
    "../../etc/passwd",
    "..%2f..%2fetc",
    "me",
    "constructor",
    "__proto__",
    "toString",
    "0",
    "-1",
    "1e999",
    "2147483648",
    "9007199254740993",
    "NaN",
    "true",
    "null",
    "[object Object]",
    "2026-02-30",
    "0000-00-00T00:00:00Z",
    "9999999-01-01",
    "+275760-09-13T00:00:00.001Z",
    "x".repeat(5000),
    "𝔘𝔫𝔦 ‮ ",
  ),
  fc.string({ unit: "binary", maxLength: 40 }),
);

export const hostileValues: Values = fc.oneof(
  hostileTexts,
  fc.constantFrom(null, true, -1, 0, 0.5, 2 ** 31, 2 ** 53, 1e308, [], {}, [null], nest(40)),
  fc.jsonValue({ maxDepth: 3 }),
);

function createValidArbitrary(schema: JsonSchema): Values {
  const choices = schema.anyOf ?? [];
  if (choices.length > 0) {
    return fc.oneof(...choices.map(createSchemaArbitrary));
  }
  const constants = "const" in schema ? [schema.const] : (schema.enum ?? []);
  return constants.length > 0 ? fc.constantFrom(...constants) : createTypedArbitrary(schema);
}

function createTypedArbitrary(schema: JsonSchema): Values {
  return byType.get(schema.type)?.(schema) ?? hostileValues;
}

const byType = new Map<string | undefined, (schema: JsonSchema) => Values>([
  ["string", createTextArbitrary],
  ["object", createObjectArbitrary],
  ["array", createListArbitrary],
  ["boolean", () => fc.boolean()],
  ["null", () => fc.constant(null)],
  ["integer", ({ minimum = -10, maximum = 10 }) => fc.integer(planRange(minimum, maximum))],
  [
    "number",
    ({ minimum = -10, maximum = 10 }) => fc.double({ ...planRange(minimum, maximum), noNaN: true }),
  ],
]);

/** Small numbers find more than big ones: they are ids of something. */
function planRange(min: number, max: number): { min: number; max: number } {
  return { min, max: Math.max(min, Math.min(max, 1000)) };
}

function createListArbitrary({ items = {}, minItems = 0 }: JsonSchema): Values {
  return fc.array(createSchemaArbitrary(items), { minLength: Math.min(minItems, 3), maxLength: 3 });
}

function createObjectArbitrary({ properties = {}, required = [] }: JsonSchema): Values {
  const shape = Object.fromEntries(
    Object.entries(properties).map(([name, schema]) => [name, createSchemaArbitrary(schema)]),
  );
  const complete = fc.record(shape, {
    requiredKeys: Object.keys(shape).filter((name) => required.includes(name)),
  });
  const partial = fc.record(shape, { requiredKeys: [] });
  // Fields that nobody may assign, and whatever else.
  const stray = fc.record({ id: fc.constant(1), superadmin: fc.constant(true) });
  return fc.oneof(
    { weight: 6, arbitrary: complete },
    { weight: 1, arbitrary: partial },
    {
      weight: 1,
      arbitrary: fc.tuple(complete, stray).map(([own, more]) => Object.assign(own, more)),
    },
  );
}

function createTextArbitrary(schema: JsonSchema): Values {
  const { minLength = 0, maxLength = 30 } = schema;
  return (
    byFormat.get(schema.format) ??
    fc.oneof(
      fc.string({ minLength, maxLength: Math.max(minLength, Math.min(maxLength, 30)) }),
      matching(schema.pattern),
    )
  );
}

const years = { min: new Date("1900-01-01"), max: new Date("2100-01-01") };

const dates = fc.date({ noInvalidDate: true, ...years }).map((date) => date.toISOString());

const byFormat = new Map<string | undefined, Values>([
  ["uuid", fc.uuid()],
  ["email", fc.emailAddress()],
  ["date-time", dates],
  ["date", dates.map((date) => date.slice(0, 10))],
]);

/** Not every pattern can be turned into texts. */
function matching(pattern: string | undefined): fc.Arbitrary<string> {
  try {
    return fc.stringMatching(new RegExp(pattern ?? "^[a-z]{1,12}$"), { size: "small" });
  } catch {
    return fc.string();
  }
}

function nest(depth: number): unknown {
  return depth === 0 ? 1 : [nest(depth - 1)];
}
