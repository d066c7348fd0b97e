import ts from "typescript";

/** What stands in a path for a value that only running the code knows. */
export const unknownPart = "{}";

/** What names mean: an argument that was handed over, null for one that was left out. */
type Scope = ReadonlyMap<string, Bound>;
type Bound = { node: ts.Expression; scope: Scope } | null;

/** Every text that an expression may come to, with `{}` for what is not known before it runs. */
export function evaluatePath(node: ts.Expression, scope: Scope = new Map()): string[] {
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (ts.isTemplateExpression(node)) return evaluateTemplate(node, scope);
  if (ts.isConditionalExpression(node)) return evaluateCondition(node, scope);
  if (ts.isCallExpression(node)) return evaluateCall(node, scope);
  if (ts.isIdentifier(node)) {
    const bound = scope.get(node.text);
    return bound === undefined || bound === null
      ? listLiterals(node)
      : evaluatePath(bound.node, bound.scope);
  }
  return [unknownPart];
}

function evaluateTemplate(node: ts.TemplateExpression, scope: Scope): string[] {
  return node.templateSpans.reduce<string[]>(
    (texts, { expression, literal }) =>
      texts.flatMap((text) =>
        evaluatePath(expression, scope).map((part) => `${text}${part}${literal.text}`),
      ),
    [node.head.text],
  );
}

/** Decided where it asks whether an argument was left out, both ways otherwise. */
function evaluateCondition(
  { condition, whenTrue, whenFalse }: ts.ConditionalExpression,
  scope: Scope,
): string[] {
  const asked =
    ts.isBinaryExpression(condition) && condition.right.getText() === "undefined"
      ? scope.get(condition.left.getText())
      : undefined;
  if (asked === null) return evaluatePath(whenTrue, scope);
  if (asked !== undefined) return evaluatePath(whenFalse, scope);
  return [...evaluatePath(whenTrue, scope), ...evaluatePath(whenFalse, scope)];
}

function evaluateCall(node: ts.CallExpression, scope: Scope): string[] {
  const name = node.expression.getText();
  const [first] = node.arguments;
  if (name === "encodeURIComponent" && first !== undefined) return evaluatePath(first, scope);
  const helper = findHelper(node.getSourceFile(), name);
  if (helper === undefined || ts.isBlock(helper.body)) return [unknownPart];
  const given = helper.parameters.map(({ name: parameter }, index): [string, Bound] => {
    const argument = node.arguments[index];
    return [parameter.getText(), argument === undefined ? null : { node: argument, scope }];
  });
  return evaluatePath(helper.body, new Map(given));
}

/** `const at = (event) => …` of the same file. */
function findHelper(file: ts.SourceFile, name: string): ts.ArrowFunction | undefined {
  const declarations = file.statements
    .filter((statement) => ts.isVariableStatement(statement))
    .flatMap(({ declarationList }) => declarationList.declarations);
  const initializer = declarations.find((each) => each.name.getText() === name)?.initializer;
  return initializer !== undefined && ts.isArrowFunction(initializer) ? initializer : undefined;
}

/** `view: "all" | "accepted"` of the function around it says all that there is. */
function listLiterals(name: ts.Identifier): string[] {
  const parameter = ts
    .findAncestor(name, ts.isArrowFunction)
    ?.parameters.find((each) => each.name.getText() === name.text);
  const type = parameter?.type;
  if (type === undefined || !ts.isUnionTypeNode(type)) return [unknownPart];
  return type.types.map((each) =>
    ts.isLiteralTypeNode(each) && ts.isStringLiteral(each.literal)
      ? each.literal.text
      : unknownPart,
  );
}
