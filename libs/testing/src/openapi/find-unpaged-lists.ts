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

/** GET routes whose lists are paged, with the greatest limit that each takes. */
export async function findPagedLists(
  app: InjectableApp,
): Promise<{ path: string; maximum: number }[]> {
  const operations = await readOperations(app);
  return operations.filter(isPagedList).map(({ path, parameters }) => ({
    path,
    maximum: findLimit(parameters)?.maximum ?? 0,
  }));
}

function isPagedList(operation: Operation): boolean {
  return operation.method === "GET" && isList(operation.answer) && hasLimit(operation);
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
