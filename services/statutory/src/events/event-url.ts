const reserved = /^(mine|latest(-agora|-epm|-spm)?)$/;

/** What is wrong with an event's address, or `null`. Digits only would be taken for an id. */
export function findUrlFault(url: string): string | null {
  if (!/^[a-z0-9-]+$/.test(url)) {
    return "The URL may hold letters, digits and dashes only.";
  }
  if (/^[0-9-]+$/.test(url)) {
    return "The URL needs at least one letter.";
  }
  return reserved.test(url) ? `The URL "${url}" is reserved.` : null;
}

export function normaliseUrl(url: string): string {
  return url.trim().toLowerCase();
}
