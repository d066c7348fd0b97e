import { runExclusively } from "./run-exclusively.ts";
import { readSuccessor, writeSuccessor } from "./successors.ts";
import { parseTokenAnswer, type TokenAnswer } from "./token-answer.ts";
import { tokenStore, type Tokens } from "./token-store.ts";

const LOCK = "myaegee.renew";

/**
 * Trades the refresh token for a new pair. Core revokes the whole session when a spent refresh token
 * comes a second time, so only one tab renews at once, and whoever waited for it first looks for what
 * the other has got: in the store, and in case that lags behind, among the successors.
 *
 * Returns null when there is no session any more.
 */
export async function renewTokens(refusedAccessToken: string): Promise<Tokens | null> {
  return runExclusively(LOCK, async () => {
    const stored = tokenStore.read();
    if (stored === null || stored.accessToken !== refusedAccessToken) return stored;

    const successor = await readSuccessor(stored.refreshToken);
    if (successor !== null) return adopt(successor);

    const response = await sendRefreshToken(stored.refreshToken);
    if (response.ok) return storeAnswer(await response.json(), stored.refreshToken);
    // 5xx and 429 say nothing about the token: it was not spent, so the session stays.
    if (response.status < 500 && response.status !== 429) tokenStore.clear();
    return null;
  });
}

async function sendRefreshToken(refreshToken: string): Promise<Response> {
  try {
    return await fetch("/api/core/renew", {
      method: "POST",
      headers: { accept: "application/json", "content-type": "application/json" },
      body: JSON.stringify({ refresh_token: refreshToken }),
      // Lets the answer's rotation finish on the wire when the page is left half-way.
      keepalive: true,
    });
  } catch {
    return new Response(null, { status: 503 });
  }
}

async function storeAnswer(answer: TokenAnswer, spent: string): Promise<Tokens | null> {
  const tokens = parseTokenAnswer(answer);
  if (tokens === null) {
    tokenStore.clear();
    return null;
  }
  await writeSuccessor(spent, tokens);
  return adopt(tokens);
}

function adopt(tokens: Tokens): Tokens {
  tokenStore.write(tokens);
  return tokens;
}
