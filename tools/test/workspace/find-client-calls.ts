import ts from "typescript";

import { evaluatePath } from "./evaluate-path.ts";

export interface ClientCall {
  /** `services/frontend/src/web/api/core.ts:12` */
  place: string;
  method: string;
  /** `core/bodies/{}`; a service first. */
  path: string;
  /** Names of query parameters, as far as they stand in the code. */
  query: readonly string[];
}

const clientFunctions = new Set(["fetchData", "fetchAll", "callApi"]);

/** Calls of the frontend's client that a file contains, one for each path a call may have. */
export function findClientCalls(file: string, text: string): ClientCall[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const calls: ClientCall[] = [];
  function visit(node: ts.Node): void {
    if (ts.isCallExpression(node) && clientFunctions.has(node.expression.getText())) {
      calls.push(...readCall(source, node));
    }
    ts.forEachChild(node, visit);
  }
  visit(source);
  return calls;
}

function readCall(source: ts.SourceFile, node: ts.CallExpression): ClientCall[] {
  const [path, options] = node.arguments;
  if (path === undefined) return [];
  const { line } = source.getLineAndCharacterOfPosition(node.getStart());
  const place = `${source.fileName}:${line + 1}`;
  const isList = node.expression.getText() === "fetchAll";
  const query = isList
    ? ["limit", "offset", ...listNames(options)]
    : listNames(findProperty(options, "query"));
  const methodNode = isList ? undefined : findProperty(options, "method");
  const methods = methodNode === undefined ? ["GET"] : evaluatePath(methodNode);
  return methods.flatMap((method) =>
    [...new Set(evaluatePath(path))].map((text) => ({ place, method, path: text, query })),
  );
}

function findProperty(node: ts.Expression | undefined, name: string): ts.Expression | undefined {
  if (node === undefined || !ts.isObjectLiteralExpression(node)) return undefined;
  const property = node.properties.find((each) => each.name?.getText() === name);
  return property !== undefined && ts.isPropertyAssignment(property)
    ? property.initializer
    : undefined;
}

function listNames(node: ts.Expression | undefined): string[] {
  if (node === undefined || !ts.isObjectLiteralExpression(node)) return [];
  return node.properties.flatMap(({ name }) =>
    name === undefined || ts.isComputedPropertyName(name)
      ? []
      : [ts.isStringLiteralLike(name) ? name.text : name.getText()],
  );
}
