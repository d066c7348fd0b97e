import type { JsonSchema } from "../fuzz/schema-arbitrary.ts";
import { readOperations, type InjectableApp, type Operation } from "./read-operations.ts";

/** GET routes that answer a list without a `limit` that has a maximum: `["/templates"]`. */
export async function findUnpagedLists(app: InjectableApp): Promise<string[]> {
  const operations = await readOperations(app);
  return operations
    .filter((operation) => operation.method === "GET" && isList(operation.answer))
    .filter((operation) => !hasLimit(operation))
    .map(({ path }) => path);
}

function isList(answer: JsonSchema | null): boolean {
  const data = answer?.properties?.["data"];
  return data?.type === "array";
}

function hasLimit({ parameters }: Operation): boolean {
  return findLimit(parameters)?.maximum !== undefined;
}

function findLimit(parameters: Operation["parameters"]): JsonSchema | undefined {
  return parameters.find(({ name, in: place }) => name === "limit" && place === "query")?.schema;
}
