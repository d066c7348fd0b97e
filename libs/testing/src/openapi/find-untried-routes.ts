import { readOperations, type InjectableApp } from "./read-operations.ts";

/** Routes of the description that none of `tried` (`GET /events/1`) reaches: a new route cannot slip past such a list. */
export async function findUntriedRoutes(
  app: InjectableApp,
  tried: readonly string[],
): Promise<string[]> {
  const operations = await readOperations(app);
  const routes = operations.map(({ method, path }) => `${method} ${path}`);
  const reached = new Set(tried.map((line) => findReached(routes, line)));
  return routes.filter((route) => !reached.has(route));
}

/** As the router does, `/events/mine` goes to the route of that name before `/events/{event}`. */
function findReached(routes: readonly string[], line: string): string | undefined {
  return routes
    .filter((route) => createPattern(route).test(line))
    .toSorted((a, b) => countParameters(a) - countParameters(b))[0];
}

/** Our paths hold no sign that means something in a pattern, but for the braces. */
function createPattern(route: string): RegExp {
  return new RegExp(`^${route.replaceAll(/\{\w+\}/g, "[^/]+")}$`);
}

function countParameters(route: string): number {
  return route.split("{").length;
}
