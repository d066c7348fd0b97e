import type { RouteLocationNormalized, RouteLocationRaw } from "vue-router";

import type { Session } from "../api/types.ts";

/** Where a request for a page must go instead; null when it may stay. */
export function planRedirect(
  to: Pick<RouteLocationNormalized, "meta" | "fullPath" | "path">,
  session: Session | null,
): RouteLocationRaw | null {
  if (to.meta.needsLogin === true && session === null) {
    return { path: "/login", query: { redirect: to.fullPath } };
  }
  if (to.path === "/" && session !== null) return "/dashboard";
  return null;
}

/** The page to show after login: the one wanted before, if it is one of ours. */
export function parseWantedPage(wanted: unknown): string {
  const isOurs = typeof wanted === "string" && /^\/(?![/\\])/.test(wanted);
  return isOurs ? wanted : "/dashboard";
}
