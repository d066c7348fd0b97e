import type { FastifyInstance } from "fastify";

import type { JsonSchema } from "../fuzz/schema-arbitrary.ts";

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

export type InjectableApp = Pick<FastifyInstance, "inject" | "ready">;

/** One operation of an OpenAPI document. */
export interface Operation {
  method: Method;
  /** `/events/{id}` */
  path: string;
  parameters: { name: string; in: string; schema: JsonSchema }[];
  body: JsonSchema | null;
  /** What it answers as JSON when it works. */
  answer: JsonSchema | null;
}

interface Media {
  content?: Record<string, { schema?: JsonSchema }>;
}

interface OpenApiOperation {
  parameters?: Operation["parameters"];
  requestBody?: Media;
  responses?: Record<string, Media>;
}

/** Every operation that the service's own description names. */
export async function readOperations(app: InjectableApp): Promise<Operation[]> {
  await app.ready();
  const document: { paths: Record<string, Record<string, OpenApiOperation>> } = (
    await app.inject("/openapi.json")
  ).json();
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      method: parseMethod(method),
      path,
      parameters: operation.parameters ?? [],
      body: readSchema(operation.requestBody),
      answer: readSchema(operation.responses?.["2XX"] ?? operation.responses?.["200"]),
    })),
  );
}

function readSchema(media: Media | undefined): JsonSchema | null {
  return media?.content?.["application/json"]?.schema ?? null;
}

function parseMethod(name: string): Method {
  const method = (["GET", "POST", "PUT", "PATCH", "DELETE"] as const).find(
    (known) => known === name.toUpperCase(),
  );
  return method ?? "GET";
}
