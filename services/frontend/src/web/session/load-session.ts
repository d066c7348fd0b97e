import { ApiError } from "../api/api-error.ts";
import { fetchData } from "../api/client.ts";
import type { Session } from "../api/types.ts";
import { sessionState, setCoreAway, setSession } from "./session-state.ts";
import { tokenStore } from "./token-store.ts";

let running: Promise<void> | null = null;

/** Makes sure that it is known who is logged in; asks core at most once. */
export async function ensureSession(): Promise<void> {
  if (sessionState.isKnown) return;
  running ??= loadSession().finally(() => {
    running = null;
  });
  return running;
}

/** Asks core who the stored tokens belong to. */
export async function loadSession(): Promise<void> {
  if (tokenStore.read() === null) {
    setSession(null);
    return;
  }
  try {
    setSession(await fetchData<Session>("core/session"));
  } catch (failure) {
    if (!(failure instanceof ApiError)) throw failure;
    if (failure.status === 0 || failure.status >= 500) setCoreAway();
    else setSession(null);
  }
}

/** Keeps this tab in step with logins and logouts in others. */
export function followOtherTabs(reloadPage: () => void): void {
  tokenStore.onChangeElsewhere((tokens) => {
    if (tokens === null) setSession(null);
    else void followLogin(reloadPage);
  });
}

/** What the page shows belongs to whoever was logged in when it was loaded. */
async function followLogin(reloadPage: () => void): Promise<void> {
  const before = sessionState.current?.user?.id;
  await loadSession();
  const after = sessionState.current?.user?.id;
  if (before !== undefined && after !== undefined && before !== after) reloadPage();
}
