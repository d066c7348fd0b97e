import { shallowReactive } from "vue";

import type { Session } from "../api/types.ts";

interface SessionState {
  /** Null while nobody is logged in. */
  current: Session | null;
  /** False until the first look at the stored tokens is over. */
  isKnown: boolean;
  /** Whether that look failed because core does not answer; the tokens may still be good. */
  isCoreAway: boolean;
}

const state = shallowReactive<SessionState>({
  current: null,
  isKnown: false,
  isCoreAway: false,
});

/** Who is logged in here, for reading; `log-in.ts` and `load-session.ts` change it. */
export const sessionState: Readonly<SessionState> = state;

export function setSession(session: Session | null): void {
  state.current = session;
  state.isKnown = true;
  state.isCoreAway = false;
}

/** Nobody can be logged in just now; the next look at the tokens may say otherwise. */
export function setCoreAway(): void {
  state.current = null;
  state.isKnown = false;
  state.isCoreAway = true;
}
