import type { FastifyInstance } from "fastify";

import { createStrictAjv } from "./validators.ts";

/** For tests: an answer that breaks its declared schema, or has none, becomes a 500. */
export function addResponseCheck(app: FastifyInstance): void {
  const ajv = createStrictAjv();
  app.addHook("preSerialization", async (request, reply, payload) => {
    const declared = request.routeOptions.schema?.response;
    if (declared === undefined || declared === null) {
      return payload;
    }
    const schema = findSchema(declared, reply.statusCode);
    const fault =
      schema === undefined
        ? `declares no answer ${reply.statusCode}`
        : ajv.validate(schema, payload)
          ? null
          : `broke its schema for ${reply.statusCode}: ${ajv.errorsText()}`;
    if (fault !== null) {
      // The answer hides why; whoever fuzzes tells a broken schema from another fault by this.
      reply.header("x-schema-fault", encodeURIComponent(fault));
      throw new Error(`${request.method} ${request.routeOptions.url} ${fault}.`);
    }
    return payload;
  });
}

function findSchema(declared: unknown, status: number): object | undefined {
  const schemas = new Map<string, unknown>(
    typeof declared === "object" && declared !== null ? Object.entries(declared) : [],
  );
  const schema =
    schemas.get(`${status}`) ??
    schemas.get(`${Math.floor(status / 100)}xx`) ??
    schemas.get("default");
  return typeof schema === "object" && schema !== null ? schema : undefined;
}
