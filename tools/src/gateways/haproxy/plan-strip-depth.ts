import { SlipwayError } from "../../errors.ts";
import type { Route } from "../../workspace/service-manifest.ts";

/** Rules are written for so many. */
export const maxStripDepth = 8;

/**
 * How many segments HAProxy takes off the front of a path. It can't take off a prefix that it reads from a table, but
 * it can count. Throws CONFIG_INVALID where counting is not enough.
 */
export function planStripDepth({ path, strip }: Route): number {
  const prefix = strip === true ? path : strip || "";
  const trimmed = prefix.endsWith("/") ? prefix.slice(0, -1) : prefix;
  if (trimmed === "") return 0;
  const depth = trimmed.split("/").length - 1;
  const isWhole = path === trimmed || path.startsWith(`${trimmed}/`);
  if (isWhole && depth <= maxStripDepth) return depth;
  throw new SlipwayError(
    "CONFIG_INVALID",
    `The route ${path} removes "${prefix}", which is not its own beginning in 1 to ${maxStripDepth} whole segments.`,
  );
}

/** Throws CONFIG_INVALID for a path that could not be written into a table. */
export function checkRoute(route: Route): void {
  planStripDepth(route);
  if (/^\/[\x21-\x7e]*$/.test(route.path) && !/[?#|]/.test(route.path)) return;
  throw new SlipwayError(
    "CONFIG_INVALID",
    `The route ${JSON.stringify(route.path)} is no path of visible ASCII characters without "?", "#" and "|".`,
  );
}
