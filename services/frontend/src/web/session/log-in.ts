import { ApiError } from "../api/api-error.ts";
import { readEnvelope } from "../api/envelope.ts";
import { loadSession } from "./load-session.ts";
import { sessionState, setSession } from "./session-state.ts";
import { parseTokenAnswer, type TokenPair } from "./token-answer.ts";
import { tokenStore } from "./token-store.ts";

export interface Credentials {
  username: string;
  password: string;
}

export async function logIn(credentials: Credentials): Promise<void> {
  const response = await post("login", credentials);
  const tokens = parseTokenAnswer(await readEnvelope<TokenPair>(response));
  if (tokens === null) throw new ApiError(response.status, "Core answered without tokens.");

  tokenStore.write(tokens);
  await loadSession();
  if (sessionState.current === null) {
    throw new ApiError(0, "You are logged in, but your profile could not be read. Please reload.");
  }
}

/** Ends the session here at once; core hears of it if it can. */
export async function logOut(): Promise<void> {
  const tokens = tokenStore.read();
  tokenStore.clear();
  setSession(null);
  if (tokens === null) return;
  try {
    await post("logout", { refresh_token: tokens.refreshToken }, tokens.accessToken);
  } catch {
    // The browser has forgotten the session already; the token expires by itself.
  }
}

async function post(path: string, body: object, accessToken?: string): Promise<Response> {
  const headers = new Headers({ accept: "application/json", "content-type": "application/json" });
  if (accessToken !== undefined) headers.set("x-auth-token", accessToken);
  try {
    return await fetch(`/api/core/${path}`, {
      method: "POST",
      headers,
      body: JSON.stringify(body),
    });
  } catch {
    throw new ApiError(0, "MyAEGEE cannot be reached. Please check your connection and try again.");
  }
}
