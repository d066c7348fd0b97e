import { readOperations, type InjectableApp } from "./read-operations.ts";

/** Routes of the description that none of `tried` (`GET /events/1`) reaches: a new route cannot slip past such a list. */
export async function findUntriedRoutes(
  app: InjectableApp,
  tried: readonly string[],
): Promise<string[]> {
  const operations = await readOperations(app);
  const routes = operations.map(({ method, path }) => `${method} ${path}`);
  return routes.filter((route) => !tried.some((line) => createPattern(route).test(line)));
}

/** Our paths hold no sign that means something in a pattern, but for the braces. */
function createPattern(route: string): RegExp {
  return new RegExp(`^${route.replaceAll(/\{\w+\}/g, "[^/]+")}$`);
}
