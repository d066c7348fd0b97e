import type { Tokens } from "./token-store.ts";

export interface TokenPair {
  access_token?: string;
  refresh_token?: string;
}

/** What `POST /login` and `POST /renew` answer: the pair in `data`, from older versions beside it. */
export interface TokenAnswer extends TokenPair {
  data?: TokenPair;
}

/** Null when a token is missing: half a pair is worth nothing. */
export function parseTokenAnswer(answer: TokenAnswer): Tokens | null {
  const accessToken = answer.data?.access_token ?? answer.access_token;
  const refreshToken = answer.data?.refresh_token ?? answer.refresh_token;
  if (accessToken === undefined || refreshToken === undefined) return null;
  return { accessToken, refreshToken };
}
