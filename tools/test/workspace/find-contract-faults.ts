import type { ApiDocument } from "../../endpoints/fetch-endpoints.ts";
import { unknownPart } from "./evaluate-path.ts";
import type { ClientCall } from "./find-client-calls.ts";

type Documents = Readonly<Record<string, ApiDocument>>;

/** Calls that no service answers, or not with these query parameters. */
export function findContractFaults(calls: readonly ClientCall[], documents: Documents): string[] {
  return calls.flatMap((call) => findCallFaults(call, documents));
}

function findCallFaults({ place, method, path, query }: ClientCall, documents: Documents) {
  const [service = "", ...segments] = path.replace(/\/$/u, "").split("/");
  const document = documents[service];
  if (document === undefined) return [`${place}: ${path} names no service`];
  const operations = findOperations(document, method.toLowerCase(), segments);
  if (operations.length === 0) {
    return [`${place}: ${service} does not serve ${method} /${segments.join("/")}`];
  }
  const known = new Set(operations.flatMap(({ parameters = [] }) => parameters).map(getName));
  return query
    .filter((name) => !known.has(name))
    .map((name) => `${place}: ${method} /${segments.join("/")} of ${service} knows no ${name}`);
}

function getName({ name }: { name: string }): string {
  return name;
}

/**
 * A value stands where the service has a parameter. Where it has none, the value may choose between endpoints,
 * `…/${flag}`, and only running the code tells which.
 */
function findOperations({ paths }: ApiDocument, method: string, segments: readonly string[]) {
  const served = Object.entries(paths).flatMap(([path, methods]) => {
    const operation = methods[method];
    const template = path.split("/").filter((segment) => segment !== "");
    return operation === undefined || template.length !== segments.length
      ? []
      : [{ operation, template }];
  });
  const exact = served.filter(({ template }) => isMatch(segments, template, isParameter));
  const chosen = exact.length > 0 ? exact : served;
  return chosen
    .filter(({ template }) => isMatch(segments, template, () => true))
    .map(({ operation }) => operation);
}

function isMatch(
  segments: readonly string[],
  template: readonly string[],
  mayBeValue: (wanted: string) => boolean,
): boolean {
  return template.every((wanted, index) => {
    const given = segments[index] ?? "";
    if (given === unknownPart) return mayBeValue(wanted);
    return isParameter(wanted) ? given !== "" : given === wanted;
  });
}

function isParameter(segment: string): boolean {
  return segment.startsWith("{");
}
