import { Validator } from "@seriousme/openapi-schema-validator";

import type { InjectableApp } from "./read-operations.ts";

interface Described {
  summary?: string;
  tags?: string[];
  operationId?: string;
}

/** What is wrong with a service's `/openapi.json`: against OpenAPI's own schema, and what readers would miss. */
export async function findOpenApiFaults(app: InjectableApp): Promise<string[]> {
  await app.ready();
  const document: { paths: Record<string, Record<string, Described>> } = (
    await app.inject("/openapi.json")
  ).json();
  const { errors } = await new Validator().validate(structuredClone(document));
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      name: `${method.toUpperCase()} ${path}`,
      operation,
    })),
  );
  return [
    ...(errors === undefined ? [] : [JSON.stringify(errors)]),
    ...operations.flatMap(({ name, operation }) => listMissing(name, operation)),
    ...listTwice(operations.map(({ operation }) => operation.operationId ?? "")),
  ];
}

function listMissing(name: string, { summary, tags, operationId }: Described): string[] {
  const missing = Object.entries({ summary, tags: tags?.[0], operationId }).filter(
    ([, value]) => value === undefined || value === "",
  );
  return missing.map(([field]) => `${name} has no ${field}`);
}

function listTwice(ids: readonly string[]): string[] {
  const twice = ids.filter((id, index) => ids.indexOf(id) !== index);
  return twice.map((id) => `the operationId ${id} is not unique`);
}
