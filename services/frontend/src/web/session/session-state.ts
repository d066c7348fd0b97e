import { shallowReactive } from "vue";

import type { Session } from "../api/types.ts";

interface SessionState {
  /** Null while nobody is logged in. */
  current: Session | null;
  /** False until the first look at the stored tokens is over. */
  isKnown: boolean;
}

const state = shallowReactive<SessionState>({ current: null, isKnown: false });

/** Who is logged in here, for reading; `log-in.ts` and `load-session.ts` change it. */
export const sessionState: Readonly<SessionState> = state;

export function setSession(session: Session | null): void {
  state.current = session;
  state.isKnown = true;
}
