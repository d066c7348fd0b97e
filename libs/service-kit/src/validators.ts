import { Ajv, type Options } from "ajv";
import formats from "ajv-formats";
import type { FastifySchemaCompiler } from "fastify";

const common: Options = {
  allErrors: true,
  useDefaults: true,
  // Fields that a schema with `additionalProperties: false` does not know are dropped, so nobody assigns them.
  removeAdditional: true,
  strict: false,
};

/** Bodies are JSON and taken as they are; everything else arrives as text and is converted. */
export function createValidatorCompiler(): FastifySchemaCompiler<object> {
  const bodies = withFormats(new Ajv(common));
  const texts = withFormats(new Ajv({ ...common, coerceTypes: "array" }));
  return ({ schema, httpPart }) => (httpPart === "body" ? bodies : texts).compile(schema);
}

/** Checks without changing anything, for what we answer. */
export function createStrictAjv(): Ajv {
  return withFormats(new Ajv({ allErrors: true, strict: false }));
}

function withFormats(ajv: Ajv): Ajv {
  formats.default(ajv);
  return ajv;
}
