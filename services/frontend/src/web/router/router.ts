import { nextTick, watch } from "vue";
import {
  createRouter,
  createWebHistory,
  type RouteLocationNormalized,
  type Router,
  type RouterHistory,
} from "vue-router";

import { notifyFailed } from "../composables/notices.ts";
import { ensureSession } from "../session/load-session.ts";
import { sessionState } from "../session/session-state.ts";
import { loadWholePage } from "./load-whole-page.ts";
import { planRedirect } from "./redirect.ts";
import { routes } from "./routes.ts";

export function createAppRouter(history: RouterHistory = createWebHistory()): Router {
  const router = createRouter({
    history,
    routes,
    scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
  });

  router.beforeEach(async (to) => {
    await ensureSession();
    return planRedirect(to, sessionState.current) ?? true;
  });
  router.afterEach((to, from) => announcePage(to, from));
  router.onError((failure, to) => {
    if (!loadWholePage(to.fullPath)) notifyFailed(failure);
  });
  leaveWhenLoggedOut(router);
  return router;
}

/** A session that ends (elsewhere, or because it was revoked) leads to the login and back here. */
function leaveWhenLoggedOut(router: Router): void {
  watch(
    () => sessionState.current,
    async (session) => {
      const page = router.currentRoute.value;
      const redirect = session === null ? planRedirect(page, null) : null;
      if (redirect !== null) await router.push(redirect);
    },
  );
}

async function announcePage(
  to: RouteLocationNormalized,
  from: RouteLocationNormalized,
): Promise<void> {
  document.title = `${to.meta.title} · MyAEGEE`;
  if (from.matched.length === 0 || to.path === from.path) return;
  await nextTick();
  document.querySelector<HTMLElement>("main")?.focus({ preventScroll: true });
}
