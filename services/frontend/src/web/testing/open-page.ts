import { flushPromises, mount, type VueWrapper } from "@vue/test-utils";
import { createMemoryHistory, type Router } from "vue-router";

import type { Session } from "../api/types.ts";
import App from "../app.vue";
import { createAppRouter } from "../router/router.ts";
import { setSession } from "../session/session-state.ts";
import { tokenStore } from "../session/token-store.ts";

export interface OpenPage {
  page: VueWrapper;
  router: Router;
}

/** The whole app at an address, as somebody (null: a stranger), when everything has loaded. */
export async function openPage(path: string, session: Session | null): Promise<OpenPage> {
  if (session !== null) tokenStore.write({ accessToken: "access", refreshToken: "refresh" });
  setSession(session);
  return openApp(path);
}

/** The whole app at an address, as whoever the session is. */
export async function openApp(path: string): Promise<OpenPage> {
  const router = createAppRouter(createMemoryHistory());
  await router.push(path);
  const page = mount(App, { global: { plugins: [router] }, attachTo: document.body });
  await settle();
  return { page, router };
}

/** Lets lazily loaded pages and their fetches come in. */
export async function settle(): Promise<void> {
  await flushPromises();
  await flushPromises();
}
