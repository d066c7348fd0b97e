import { ApiError } from "../api/api-error.ts";
import { fetchData } from "../api/client.ts";
import type { Session } from "../api/types.ts";
import { sessionState, setSession } from "./session-state.ts";
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
    setSession(null);
    // A core that is away is shown by the page that needs it; the tokens stay for the next try.
    if (!(failure instanceof ApiError)) throw failure;
  }
}

/** Keeps this tab in step with logins and logouts in others. */
export function followOtherTabs(): void {
  tokenStore.onChangeElsewhere((tokens) => {
    if (tokens === null) setSession(null);
    else if (sessionState.current === null) void loadSession();
  });
}
