import * as fc from "fast-check";
import type { Arbitrary } from "fast-check";

/** The part of JSON Schema that our OpenAPI document uses. */
export interface JsonSchema {
  type?: string;
  enum?: readonly unknown[];
  const?: unknown;
  anyOf?: readonly JsonSchema[];
  properties?: Readonly<Record<string, JsonSchema>>;
  required?: readonly string[];
  items?: JsonSchema;
  format?: string;
  minimum?: number;
  maximum?: number;
}

/** Values that tend to hurt, wherever a schema asks for something else. */
const hostile = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom(
    "\u0000",
    "\uD800",
    "'; drop table events; --",
    "../../x",
    "",
    " ",
    -1,
    2 ** 53,
    1e308,
  ),
  fc.string({ unit: "binary", maxLength: 40 }),
);

/** Mostly what the schema asks for, now and then something else at any depth. */
export function arbitraryFor(schema: JsonSchema): Arbitrary<unknown> {
  return fc.oneof({ arbitrary: fitting(schema), weight: 29 }, { arbitrary: hostile, weight: 1 });
}

function fitting(schema: JsonSchema): Arbitrary<unknown> {
  if (schema.enum !== undefined) {
    return fc.constantFrom(...schema.enum);
  }
  if (schema.anyOf !== undefined) {
    return fc.oneof(...schema.anyOf.map(arbitraryFor));
  }
  return fittingType(schema);
}

function fittingType(schema: JsonSchema): Arbitrary<unknown> {
  switch (schema.type) {
    case "object":
      return fittingObject(schema);
    case "array":
      return fc.array(arbitraryFor(schema.items ?? {}), { minLength: 1, maxLength: 2 });
    case "integer":
    case "number":
      return fittingNumber(schema);
    case "boolean":
      return fc.boolean();
    case "null":
      return fc.constant(null);
    case undefined:
    default:
      return text;
  }
}

/** Small numbers more often: they are the ids that there are. */
function fittingNumber({ type, minimum: min = -1000, maximum: max = 1000 }: JsonSchema) {
  return fc.oneof(
    fc.integer({ min, max: Math.min(max, 3) }),
    type === "integer" ? fc.integer({ min, max }) : fc.double({ min, max, noNaN: true }),
  );
}

const text = fc.oneof(
  fc.string({ minLength: 1, maxLength: 40 }),
  fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
  fc.constantFrom(
    "1",
    "me",
    "my-event",
    "2027-05-01",
    "2027-06-01",
    "2027-07-01",
    "2027-08-01",
    "training",
  ),
);

function fittingObject({ properties = {}, required = [] }: JsonSchema): Arbitrary<unknown> {
  const model = Object.fromEntries(
    Object.entries(properties).map(([name, schema]) => [name, arbitraryFor(schema)]),
  );
  return fc.record(model, { requiredKeys: [...required] });
}
