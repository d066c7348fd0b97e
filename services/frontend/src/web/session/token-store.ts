export interface Tokens {
  accessToken: string;
  refreshToken: string;
}

const KEY = "myaegee.tokens";

/**
 * The tokens of this browser, shared by all its tabs. Both live in one entry, so that no tab ever
 * reads the access token of one rotation with the refresh token of another.
 */
export const tokenStore = {
  read(): Tokens | null {
    return parseTokens(localStorage.getItem(KEY));
  },

  write(tokens: Tokens): void {
    localStorage.setItem(KEY, JSON.stringify(tokens));
  },

  clear(): void {
    localStorage.removeItem(KEY);
  },

  /** Calls back when another tab logged in, renewed or logged out. */
  onChangeElsewhere(callback: (tokens: Tokens | null) => void): void {
    window.addEventListener("storage", (event) => {
      if (event.key === KEY || event.key === null) callback(tokenStore.read());
    });
  },
};

function parseTokens(text: string | null): Tokens | null {
  if (text === null) return null;
  try {
    const { accessToken, refreshToken } = JSON.parse(text);
    const isComplete = typeof accessToken === "string" && typeof refreshToken === "string";
    return isComplete ? { accessToken, refreshToken } : null;
  } catch {
    return null;
  }
}
